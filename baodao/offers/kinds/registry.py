"""The kinds of offers: every folder beside this module is one, and is found by itself.

A folder holds `kind.py` with its `Kind`; `forms.py` and `models.py` where it has particulars of
its own. A folder that leaves out or contradicts something is refused when it is loaded.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from baodao.kernel.errors import Absent
from baodao.offers.kinds.forms import OfferForm, ScheduledForm, TimedForm
from baodao.offers.kinds.particulars import OfferParticulars
from baodao.offers.rules.kinds import Kind


@dataclass(frozen=True)
class Folder:
    """A kind with its form and, where it has one, the table of its particulars."""

    kind: Kind
    form: type[OfferForm]
    particulars: type[OfferParticulars] | None


FOLDERS: dict[str, Folder] = {}
"""Every kind by its code."""


def load(package: str) -> Folder:
    """Take up the kind that the folder `package` holds. Raises `ValueError` for an incomplete
    folder, or one that cannot stand beside the others."""
    code = package.rpartition(".")[2]
    named = _named(package, "kind").values()
    kind = next((one for one in named if isinstance(one, Kind) and one.code == code), None)
    if kind is None:
        raise ValueError(f"{package} needs a kind in kind.py, with the folder's name as its code")
    forms = [form for form in _classes(package, "forms") if issubclass(form, OfferForm)]
    tables = [one for one in _classes(package, "models") if issubclass(one, OfferParticulars)]
    if len(forms) != len(tables) or len(tables) > 1:
        raise ValueError(f"{package} needs a form for the particulars it keeps, and a table")
    if {kind.code, kind.rank} & {key for one in every_kind() for key in (one.code, one.rank)}:
        raise ValueError(f"{package} has the code or the rank of another kind")
    plain = TimedForm if kind.timed else ScheduledForm
    form = forms[0] if forms else plain
    if not issubclass(form, plain):
        raise ValueError(f"the form of {package} does not say when it is as its kind does")
    FOLDERS[kind.code] = Folder(kind, form, tables[0] if tables else None)
    return FOLDERS[kind.code]


def every_kind() -> list[Kind]:
    """The kinds in the order of lists."""
    return sorted((folder.kind for folder in FOLDERS.values()), key=lambda kind: kind.rank)


def usual_kind() -> Kind:
    """What a community offers most: the first kind with hours. Its button stands out."""
    return next(kind for kind in every_kind() if kind.timed)


def kind_of(code: str) -> Kind:
    """The kind of this code. Raises `Absent`."""
    if code not in FOLDERS:
        raise Absent("kind")
    return FOLDERS[code].kind


def _named(package: str, module: str) -> dict[str, object]:
    """What a module of a folder names; nothing where the folder has none."""
    name = f"{package}.{module}"
    return vars(import_module(name)) if find_spec(name) else {}


def _classes(package: str, module: str) -> list[type]:
    """The classes that a module of a folder defines."""
    return [
        value
        for value in _named(package, module).values()
        if isinstance(value, type) and value.__module__ == f"{package}.{module}"
    ]


for _folder in iter_modules(import_module("baodao.offers.kinds").__path__):
    if _folder.ispkg:
        load(f"baodao.offers.kinds.{_folder.name}")
