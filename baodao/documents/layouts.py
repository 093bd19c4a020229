"""A tenant's own Word layout, filled with the same field names as our forms.

In the layout a field stands as `{{ name }}`, the verifying code as `{{ code }}`; a condition on a
field may surround text. The layout is foreign: nothing else in it is run, and every value is text.
"""

from io import BytesIO
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from baodao.documents import qr, sizes
from baodao.documents.fields import FIELDS, VERIFY_URL
from baodao.documents.form import Form
from baodao.documents.sheets import Item, paper_text
from baodao.kernel.errors import Refused, gettext_noop

LARGEST = 5_000_000
CODE = "code"
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)


def fill_layout(layout: bytes, form: Form, item: Item) -> bytes:
    """The layout as a Word document with the item's facts in it.

    Refused: `layout.unreadable` (no Word document, or broken braces), `layout.field-unknown`
    (names the form does not have).
    """
    document = _opened(layout)
    try:
        names = document.get_undeclared_template_variables(_environment())
        _refuse_unknown(names, form)
        context: dict[str, object] = {
            field.name: paper_text(item.get(field.name), field.kind) for field in form.fields
        }
        url = paper_text(item.get(VERIFY_URL))
        picture = BytesIO(qr.png(qr.code(url))) if url else None
        context[CODE] = InlineImage(document, picture, width=Mm(sizes.CODE)) if picture else ""
        document.render(context, _environment(), autoescape=True)
    except TemplateError as error:
        raise _unreadable() from error
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _FieldsOnly(SandboxedEnvironment):
    """Fields, and conditions on fields: no calls, loops, filters, attributes or arithmetic."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, ALLOWED):
                raise TemplateSyntaxError(f"{type(node).__name__} is not allowed", 1)
        return tree


def _environment() -> SandboxedEnvironment:
    return _FieldsOnly(autoescape=True)


def _opened(layout: bytes) -> DocxTemplate:
    if len(layout) > LARGEST:
        raise _unreadable()
    document = DocxTemplate(BytesIO(layout))
    try:
        document.init_docx()
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise _unreadable() from error
    return document


def _unreadable() -> Refused:
    return Refused(
        "layout.unreadable",
        gettext_noop(
            "This layout cannot be used. Save it as a Word document (.docx) of at most 5 MB and "
            "check that every field stands in double braces."
        ),
    )


def _refuse_unknown(names_used: set[str], form: Form) -> None:
    names = {field.name for field in form.fields} | {CODE}
    unknown = sorted(names_used - names)
    if unknown:
        raise Refused(
            "layout.field-unknown",
            gettext_noop("“%(form)s” has no field %(fields)s. Use: %(known)s."),
            form=form.title,
            fields=", ".join(unknown),
            known=", ".join(f"{name} ({FIELDS[name].label})" for name in FIELDS if name in names),
        )
