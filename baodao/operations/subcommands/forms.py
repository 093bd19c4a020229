"""`baodao forms`: official forms from facts in a JSON file, or blank for the window."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext, ngettext

from baodao.documents.boxes import Remark, remark_lines
from baodao.documents.catalogue import FORMS, form_of
from baodao.documents.files import render
from baodao.documents.form import Form
from baodao.documents.formats import Format
from baodao.documents.layouts import fill_layout
from baodao.documents.sheets import Item, check_names
from baodao.kernel.errors import Refused, gettext_noop
from baodao.operations.frame import WRONG_USE, Outcome, Subparsers


def add(subparsers: Subparsers) -> None:
    group = subparsers.add_parser("forms", help="render official forms")
    leaves = group.add_subparsers(metavar="ACTION", required=True)
    leaves.add_parser("list", help="all forms, their formats and fields").set_defaults(
        run=catalogue
    )
    leaf = leaves.add_parser("render", help="one form as a file")
    leaf.add_argument("form", metavar="FORM", help=f"one of: {', '.join(FORMS)}")
    facts = leaf.add_mutually_exclusive_group(required=True)
    facts.add_argument("--blank", action="store_true", help="empty, to be filled in by hand")
    facts.add_argument(
        "--facts", type=Path, metavar="FILE.json", help="an object of fields, or a list of them"
    )
    leaf.add_argument("--level", default="", help="which columns a table has, see `forms list`")
    leaf.add_argument("--layout", type=Path, metavar="FILE.docx", help="a Word layout of your own")
    leaf.add_argument("--format", required=True, choices=tuple(Format))
    leaf.add_argument("--out", required=True, type=Path, metavar="PATH", help="the file to write")
    leaf.set_defaults(run=render_form)


def catalogue(_: argparse.Namespace) -> Outcome:
    """Every form with its formats, fields and levels."""
    facts = {form.code: _described(form) for form in FORMS.values()}
    lines = [
        f"{form.code}  {form.title}  ({', '.join(form.formats)})\n    "
        + "、".join(f"{field.name} {field.label}" for field in form.fields)
        for form in FORMS.values()
    ]
    return Outcome(facts={"forms": facts}, text="\n".join(lines))


def _described(form: Form) -> dict[str, object]:
    return {
        "title": form.title,
        "formats": form.formats,
        "fields": {field.name: field.label for field in form.fields},
        "levels": {
            level: {column.name: column.label for column in columns}
            for level, columns in form.tables
        },
    }


def render_form(arguments: argparse.Namespace) -> Outcome:
    """Write the file; tells its name, how many sheets of facts went in, and its size."""
    form = form_of(arguments.form)
    if arguments.layout and arguments.format != "docx":
        return Outcome(WRONG_USE, {}, gettext("A layout of your own gives Word: --format docx."))
    try:
        items = _items(arguments, form)
        content, remarks = _content(arguments, form, items)
        arguments.out.write_bytes(content)
    except OSError as error:
        return Outcome(WRONG_USE, {}, f"{error.filename}: {error.strerror}")
    facts = {"form": form.code, "out": str(arguments.out), "items": len(items)}
    sentence = ngettext("%(file)s: %(count)s sheet", "%(file)s: %(count)s sheets", len(items) or 1)
    lines = [sentence % {"file": arguments.out, "count": len(items) or 1}, *remark_lines(remarks)]
    return Outcome(facts={**facts, "bytes": len(content)}, text="\n".join(lines))


def _content(
    arguments: argparse.Namespace, form: Form, items: list[Item]
) -> tuple[bytes, Sequence[Remark]]:
    if arguments.layout:
        return fill_layout(arguments.layout.read_bytes(), form, items), ()
    file = render(form.code, items, arguments.format)
    return file.content, file.remarks


def _items(arguments: argparse.Namespace, form: Form) -> list[Item]:
    level = {"level": arguments.level} if arguments.level else {}
    if arguments.blank:
        return [level] if level else []
    try:
        document = json.loads(arguments.facts.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _unreadable() from error
    sheets = document if isinstance(document, list) else [document]
    if not sheets or not all(isinstance(item, Mapping) for item in sheets):
        raise _unreadable()
    items: list[Item] = [{**item, **level} for item in sheets]
    for item in items:
        check_names(form, item)
    return items


def _unreadable() -> Refused:
    return Refused(
        "facts.unreadable",
        gettext_noop("The facts must be JSON in UTF-8: an object of fields, or a list of objects."),
    )
