"""A member's copy of everything that every slice keeps about them: as rows, JSON, a workbook."""

import json
from io import BytesIO

from django.utils.translation import gettext

from baodao.agenda.tables import copy as offers
from baodao.appraisal.tables import copy as appraisal
from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.workbooks import Worksheet, cell_of, write_workbook
from baodao.kernel.authz import Actor
from baodao.registration.tables import copy as registration
from baodao.statements.tables import copy as statements

Copy = dict[str, list[dict[str, object]]]


def copied(actor: Actor) -> Copy:
    """Every kind of row that is about the actor, in the reader's language (PIPL 45: a copy)."""
    parts = (registration, offers, statements, appraisal)
    return {kind: rows for part in parts for kind, rows in part.copied(actor).items()}


def copied_text(actor: Actor) -> Rendered:
    """The copy for machines."""
    text = json.dumps(copied(actor), ensure_ascii=False, indent=2, default=str)
    return Rendered(text.encode(), "application/json", "baodao.json")


def copied_workbook(actor: Actor) -> Rendered:
    """The copy for reading, one sheet a kind."""
    sheets = [
        Worksheet(kind, list(rows[0]), [[cell_of(value) for value in row.values()] for row in rows])
        for kind, rows in copied(actor).items()
        if rows
    ]
    out = BytesIO()
    write_workbook(sheets, out)
    return Rendered(out.getvalue(), Format.EXCEL.content_type, f"{gettext('My data')}.xlsx")
