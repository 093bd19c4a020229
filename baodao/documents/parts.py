"""Parts that several papers share: labelled cells, seals, the page and the foot of a list."""

from baodao.documents.blocks import Cell, Line, Slot, Spread, line
from baodao.documents.fields import FIELDS
from baodao.documents.form import PageSetup


def label(text: str) -> Cell:
    """The cell that names what stands beside it."""
    return Cell((text,), label=True)


def pairs(*names: str, span: int = 1) -> tuple[Cell, ...]:
    """For each field its label and a cell for its value, `span` columns wide."""
    cells: list[Cell] = []
    for name in names:
        cells += [label(FIELDS[name].label), Cell((Slot(name),), span)]
    return tuple(cells)


def wide(name: str, span: int, height: int = 1) -> tuple[Cell, Cell]:
    """A field's label and one wide cell for its value, at least `height` lines tall."""
    return label(FIELDS[name].label), Cell((Slot(name),), span, height=height)


def opinion(title: str, text: str, span: int, date: str) -> tuple[Cell, Cell]:
    """What an organisation says, with its seal and the field of its day at the foot."""
    foot: tuple[Line, ...] = (line("（盖章）"), line("{" + date + "}"))
    return label(title), Cell(line(text), span, height=2, foot=foot)


SIX = (1.5, 1.6) * 3
"""Three labelled values a row."""

UNIT_SEAL = (line("{unit|0|单位党组织}（盖章）"), line("{issued_on}"))
COMMUNITY_SEAL = (line("{community|0|社区党组织}（盖章）"), line("{accepted_on}"))
COMMUNITY_CONTACT = Spread(
    (line("社区联系人：{community_contact}"), line("联系电话：{community_phone}"))
)
FOOTING = Spread(
    (line("填表人：{compiler}"), line("审核人：{reviewer}"), line("填表日期：{compiled_on}")),
    small=True,
)
LIST_PAGE = PageSetup(top=20, bottom=18, left=18, right=18, landscape=True, sizes=(11,))
