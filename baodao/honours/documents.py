"""Papers of a round: what is posted up, the final list, certificates."""

from collections.abc import Sequence

from django.db.models import QuerySet

from baodao.documents.form import Form
from baodao.documents.queries import issued_items, papers_about
from baodao.documents.sheets import Item
from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.queries.papers import list_item
from baodao.honours.rules.lives import HonourState
from baodao.honours.rules.papers import HONOUR_CERTIFICATE, HONOUR_LIST, HONOUR_NOTICE
from baodao.kernel.errors import Absent


def list_paper(row: HonourRound) -> tuple[Form, Sequence[Item]]:
    """公示 while the list is in publicity, the numbered list afterwards, as it was issued last;
    raises `Absent` before."""
    if row.state == HonourState.PUBLIC:
        return HONOUR_NOTICE, [list_item(row)]
    if row.number is None:
        raise Absent("paper")
    return HONOUR_LIST, issued_items([row.pk], HONOUR_LIST.code)


def certificate_items(row: HonourProposal) -> Sequence[Item]:
    """The certificate that was issued last; raises `Absent` for who has none that holds."""
    if not has_certificate(row):
        raise Absent("certificate")
    return issued_items([row.pk], HONOUR_CERTIFICATE.code)


def with_certificate(rows: QuerySet[HonourProposal]) -> QuerySet[HonourProposal]:
    """Those of these who have a certificate that verifies."""
    issued = papers_about(rows.values_list("pk", flat=True)).filter(form=HONOUR_CERTIFICATE.code)
    return rows.filter(pk__in=list(issued.values_list("about", flat=True)))


def has_certificate(row: HonourProposal) -> bool:
    """Whether who is honoured has a certificate that verifies."""
    return papers_about([row.pk]).filter(form=HONOUR_CERTIFICATE.code).exists()
