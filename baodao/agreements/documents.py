"""共驻共建协议书 on paper: as it was signed, or as it stands while it is agreed on; where it ended,
with its end."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext

from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import text_of
from baodao.agreements.rules.papers import AGREEMENT_PAPER
from baodao.documents.queries import issued_items
from baodao.documents.sheets import Item, paper_text


def agreement_items(row: Agreement) -> Sequence[Item]:
    """The sealed paper of a signed one; else the text without number and signatures."""
    known = issued_items([row.pk], AGREEMENT_PAPER.code) if row.signed_at else [text_of(row)]
    return [{**one, "agreement_end": _end_words(row)} for one in known]


def _end_words(row: Agreement) -> str:
    """That it ended, when and why, in Chinese as the paper; nothing of one that did not."""
    if row.ended_at is None:
        return ""
    with translation.override("zh-hans"):
        why = gettext(row.reason)
    day = paper_text(row.ended_at, "day")
    unsigned = "" if row.signed_at else "未签订，"
    return f"本协议书{unsigned}已于{day}终止。原因：{why}"
