"""The kinds of offers: every folder beside this module is one, and is found by itself.

A folder holds `kind.py` with its `OfferKind`; `forms.py` and `models.py` where it has particulars
of its own (`parts.py`). A folder that leaves out or contradicts something is refused when it is
loaded. Pure: rules of any slice above may ask which kinds there are.
"""

from importlib import import_module
from pkgutil import iter_modules

from baodao.kernel.errors import Absent
from baodao.offers.rules.kinds import OfferKind

KINDS: dict[str, OfferKind] = {}
"""Every kind by its code."""

FOLDERS: dict[str, str] = {}
"""The package in which the folder of each kind lies."""


def load(package: str) -> OfferKind:
    """Take up the kind that the folder `package` holds. Raises `ValueError` for a folder without
    one, or with one that cannot stand beside the others."""
    code = package.rpartition(".")[2]
    named = vars(import_module(f"{package}.kind")).values()
    kind = next((one for one in named if isinstance(one, OfferKind) and one.code == code), None)
    if kind is None:
        raise ValueError(f"{package} needs a kind with the folder's name as its code")
    if code in KINDS or kind.rank in {one.rank for one in KINDS.values()}:
        raise ValueError(f"{package} has the code or the rank of another kind")
    KINDS[code], FOLDERS[code] = kind, package
    return kind


def every_kind() -> list[OfferKind]:
    """The kinds in the order of lists."""
    return sorted(KINDS.values(), key=lambda kind: kind.rank)


def usual_kind() -> OfferKind:
    """What a community offers most: the first kind with hours. Its button stands out."""
    return next(kind for kind in every_kind() if kind.timed)


def kind_of(code: str) -> OfferKind:
    """The kind of this code. Raises `Absent`."""
    if code not in KINDS:
        raise Absent("kind")
    return KINDS[code]


for _folder in iter_modules(import_module("baodao.offers.kinds").__path__):
    if _folder.ispkg:
        load(f"baodao.offers.kinds.{_folder.name}")
