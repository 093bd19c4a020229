"""Lists of pages on paper: a form for the columns at hand, each as wide as what stands in it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext, ngettext

from baodao.documents.blocks import Heading, PaperColumn, Spread, Table
from baodao.documents.form import Form
from baodao.documents.formats import Format
from baodao.documents.parts import LIST_PAGE
from baodao.documents.sheets import paper_text
from baodao.documents.sizes import width_of
from baodao.kernel import clock

NARROWEST, WIDEST = 3, 18
"""Squares of a column: a narrower one breaks its head, a wider one its text."""
SHORT = 8
"""Squares up to which what stands in a column is centred."""


def printed_list(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> tuple[Form, dict[str, object]]:
    """The form of a list across an A4 sheet, and its item: the rows as they are written."""
    lines = [[paper_text(value) for value in row] for row in rows]
    drawn = tuple(
        _column(f"column{place}", label, [line[place] for line in lines])
        for place, label in enumerate(columns)
    )
    amount = ngettext("%(count)s row", "%(count)s rows", len(lines)) % {"count": len(lines)}
    printed = gettext("printed on %(day)s") % {"day": paper_text(clock.today())}
    layout = (Heading((title,)), Spread(((amount,), (printed,)), small=True), Table())
    form = Form("list", title, layout, LIST_PAGE, (Format.PDF,), (("", drawn),))
    names = [column.name for column in drawn]
    return form, {"rows": [dict(zip(names, line, strict=True)) for line in lines]}


def _column(name: str, label: str, texts: Sequence[str]) -> PaperColumn:
    """As wide as its longest text asks, within bounds, and never narrower than half its head."""
    longest = max((width_of((text,)) for text in texts), default=0)
    width = min(WIDEST, max(NARROWEST, longest + 1, width_of((label,)) / 2 + 1))
    return PaperColumn(name, label, width, "center" if longest <= SHORT else "left")
