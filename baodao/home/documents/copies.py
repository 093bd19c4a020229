"""A member's copy of everything that every slice keeps about them: as rows, JSON, a workbook."""

import json
from io import BytesIO

from django.utils.translation import gettext

from baodao.adoptions.tables import copy as adoptions
from baodao.agenda.tables import copy as offers
from baodao.appraisal.queries.cards import own_cards
from baodao.appraisal.tables import copy as appraisal
from baodao.commitments.tables import copy as commitments
from baodao.documents.fields import FIELDS
from baodao.documents.files import Rendered
from baodao.documents.formats import Format
from baodao.documents.queries import IssuedPaper, issued_papers
from baodao.documents.sheets import paper_text
from baodao.documents.workbooks import Worksheet, cell_of, write_workbook
from baodao.helpgroups import tables as helpgroups
from baodao.honours.queries.rounds import own_proposals
from baodao.honours.tables import copy as honours
from baodao.kernel.authz import Actor
from baodao.people.queries.facts import masked_on_paper
from baodao.registration.queries.registrations import own_registrations
from baodao.registration.tables import copy as registration
from baodao.statements.queries.sheets import own_sheets
from baodao.statements.tables import copy as statements
from baodao.visits import tables as visits

Copy = dict[str, list[dict[str, object]]]


def copied(actor: Actor) -> Copy:
    """Every kind of row that is about the actor, in the reader's language (PIPL 45: a copy)."""
    own = (registration, offers, commitments, visits, helpgroups, statements)
    parts = (*own, appraisal, adoptions, honours)
    rows = {kind: rows for part in parts for kind, rows in part.copied(actor).items()}
    return rows | {gettext("Papers issued about you"): list(map(_paper, _papers(actor)))}


def _papers(actor: Actor) -> list[IssuedPaper]:
    """Letters, receipts, cards, sheets and certificates about the actor, replaced ones too."""
    registrations = own_registrations(actor).values_list("pk", "letter")
    about = [pk for pair in registrations for pk in pair]
    about += own_sheets(actor).values_list("pk", flat=True)
    about += own_cards(actor).values_list("pk", flat=True)
    about += own_proposals(actor).values_list("pk", flat=True)
    return issued_papers(about)


def _paper(paper: IssuedPaper) -> dict[str, object]:
    """What stands on it, telephones masked as in the whole copy."""
    facts, verified = masked_on_paper(paper.facts), paper.verified
    texts = [
        (field.label, paper_text(facts.get(field.name), field.kind)) for field in FIELDS.values()
    ]
    return {
        gettext("Paper"): verified.title,
        gettext("Number of the paper"): verified.number,
        gettext("Issued by"): verified.unit,
        gettext("Date of issue"): verified.issued_on,
        gettext("Holds no longer since"): verified.revoked_on,
        gettext("Replaced by"): verified.replaced_by,
        gettext("What stands on it"): "；".join(
            f"{label}：{text}" for label, text in texts if text
        ),
    }


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
