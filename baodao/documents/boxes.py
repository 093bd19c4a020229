"""Characters that no installed typeface has: a box stands in their place.

Whoever prints is told on whose paper and in which field.
"""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from baodao.documents.fields import FIELDS
from baodao.documents.form import Form
from baodao.documents.sheets import Item, paper_text
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ui.wording import worded

BOX = "□"
BESIDE = frozenset({"Cf", "Me", "Mn", "Sk"})
"""Categories of what only shapes the character before it, such as the colour of an emoji."""
HOLDERS = ("name", "unit", "organisation", "community", "number")
"""The fields by which a sheet is named, the first that says something."""

Remark = tuple[str, Refused]
"""Whose sheet or row, and what is to be known about it."""


def boxed(text: str, missing: Collection[str]) -> str:
    """`text` with a box for each missing character; what only shapes another is left out."""
    return text.translate({ord(one): _stand_in(one) for one in missing})


def _stand_in(character: str) -> str:
    return "" if unicodedata.category(character) in BESIDE else BOX


def remarks_of(form: Form, items: Sequence[Item], missing: Collection[str]) -> tuple[Remark, ...]:
    """For each field with a missing character: whose it is and what could not be shown."""
    if not missing:
        return ()
    return tuple(remark for item in items for remark in _remarks_of_item(form, item, set(missing)))


def remark_lines(remarks: Iterable[Remark]) -> list[str]:
    """Each remark in the reader's words."""
    return [f"{holder}：{worded(refusal)}" for holder, refusal in remarks]


def _remarks_of_item(form: Form, item: Item, missing: set[str]) -> Iterator[Remark]:
    labels = {field.name: field.label for field in form.fields}
    yield from _remarks(item, labels, missing, form.title)
    labels = {name: field.label for name, field in FIELDS.items()}
    rows = item.get("rows")
    for row in rows if isinstance(rows, list | tuple) else ():
        yield from _remarks(row, labels, missing, form.title)


def _remarks(
    values: Mapping[str, object], labels: Mapping[str, str], missing: set[str], title: str
) -> Iterator[Remark]:
    holder = next((str(values[name]) for name in HOLDERS if values.get(name)), title)
    for name, value in values.items():
        if name in ("rows", "columns", "total", "months"):
            continue
        characters = "".join(dict.fromkeys(c for c in paper_text(value) if c in missing))
        if characters:
            yield remark(holder, labels.get(name, name), characters)


def remark(holder: str, field: str, characters: str) -> Remark:
    """That `characters` in a field of this holder's paper stand as boxes."""
    return holder, Refused(
        "font.glyph-missing",
        gettext_noop(
            "No installed typeface has “%(characters)s” (%(field)s); a box stands there. Write it "
            "by hand, or put a typeface that has it into the fonts folder and print again."
        ),
        characters=characters,
        field=field,
    )
