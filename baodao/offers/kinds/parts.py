"""What of a kind needs Django: the form that makes one, and the table of its own particulars.

Models import this module, so that the tables of the folders are known with all others.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from baodao.offers.kinds.forms import OfferForm, ScheduledForm, TimedForm
from baodao.offers.kinds.particulars import OfferParticulars
from baodao.offers.kinds.registry import FOLDERS, KINDS


@dataclass(frozen=True)
class Parts:
    """The form of a kind and, where it has one, the table of its particulars."""

    form: type[OfferForm]
    particulars: type[OfferParticulars] | None


PARTS: dict[str, Parts] = {}
"""The parts of every kind by its code."""


def load_parts(code: str) -> Parts:
    """Take up the parts of a kind that is known. Raises `ValueError` where one is missing."""
    package, kind = FOLDERS[code], KINDS[code]
    forms = [form for form in _classes(package, "forms") if issubclass(form, OfferForm)]
    tables = [one for one in _classes(package, "models") if issubclass(one, OfferParticulars)]
    if len(forms) != len(tables) or len(tables) > 1:
        raise ValueError(f"{package} needs a form for the particulars it keeps, and a table")
    plain = TimedForm if kind.timed else ScheduledForm
    form = forms[0] if forms else plain
    if not issubclass(form, plain):
        raise ValueError(f"the form of {package} does not say when it is as its kind does")
    PARTS[code] = Parts(form, tables[0] if tables else None)
    return PARTS[code]


def _classes(package: str, module: str) -> list[type]:
    """The classes that a module of a folder defines; none where the folder has no such module."""
    name = f"{package}.{module}"
    named = vars(import_module(name)) if find_spec(name) else {}
    return [
        value for value in named.values() if isinstance(value, type) and value.__module__ == name
    ]


for _code in KINDS:
    load_parts(_code)
