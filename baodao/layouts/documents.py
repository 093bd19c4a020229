"""Files that help with a layout: ours with the places in it to begin with, and previews."""

from collections.abc import Mapping, Sequence

from django.conf import settings

from baodao.documents.fields import VERIFY_URL
from baodao.documents.files import Rendered, word_file
from baodao.documents.form import Form
from baodao.documents.layouts import fill_layout, read_layout
from baodao.documents.placeholders import CODE, CODE_LABEL, GIVEN, TOTAL
from baodao.documents.sheets import Item
from baodao.documents.word import render_docx
from baodao.layouts.models import WordLayout

PREVIEW_ROWS = 3
FIGURE = "12"


def own_layout(form: Form) -> Rendered:
    """Our form as Word with the name of each field in its place: a layout to begin with."""
    item = {field.name: _place(field.label) for field in form.fields}
    rows = [{column.name: _place(column.label) for column in form.columns()}] if form.tables else []
    return word_file(form, render_docx(form, [_listed(form, item, rows)]))


def blank_preview(form: Form, layout: WordLayout) -> Rendered:
    """The layout to be filled in by hand."""
    return word_file(form, fill_layout(bytes(layout.content), form, []))


def filled_preview(form: Form, layout: WordLayout) -> Rendered:
    """The layout with the label of each field as its value, of a column that is called otherwise in
    several lists the first, and a code that verifies nothing."""
    values = {
        field.name: FIGURE if field.kind == "figure" else _value(field.label)
        for field in form.fields
    }
    columns = [column for _level, each in form.tables for column in each]
    row = {column.name: _value(column.label) for column in reversed(columns)}
    facts = {**values, VERIFY_URL: f"{settings.PUBLIC_URL}/v/"}
    item = _listed(form, facts, [row] * PREVIEW_ROWS, {**row, "name": TOTAL})
    return word_file(form, fill_layout(bytes(layout.content), form, [item]))


def left_out(form: Form, layout: WordLayout) -> list[str]:
    """The labels of what the form knows and the layout has no place for, each once."""
    placed = read_layout(bytes(layout.content), form).fields
    columns = [column for _level, each in form.tables for column in each]
    known = {one.name: one.label for one in form.fields} | {CODE: CODE_LABEL}
    known |= {column.name: column.label for column in columns}
    labels = [label for name, label in known.items() if not {name, f"{GIVEN}{name}"} & placed]
    return list(dict.fromkeys(labels))


def _place(label: str) -> str:
    return f"{{{{ {label} }}}}"


def _value(label: str) -> str:
    return f"〔{label}〕"


def _listed(
    form: Form,
    item: Mapping[str, object],
    rows: Sequence[Item],
    total: Item | None = None,
) -> Item:
    """The facts of a form with the rows of its list, where it has one."""
    return {**item, "rows": rows, "total": total} if form.tables else item
