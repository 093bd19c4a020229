"""共驻共建协议书 on paper: as it was signed, or as it stands while it is agreed on."""

from collections.abc import Sequence

from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import text_of
from baodao.agreements.rules.papers import AGREEMENT_PAPER
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item


def agreement_items(row: Agreement) -> Sequence[Item]:
    """The sealed paper of a signed one; else the text without number and signatures."""
    if row.signed_at is not None:
        return issued_items([row.pk], AGREEMENT_PAPER.code)
    return [text_of(row)]
