"""The final list and certificates as numbered papers that verify."""

from collections.abc import Iterable

from baodao.documents.commands import Paper, keep_papers, next_numbers, replace, revoke
from baodao.documents.queries import papers_about
from baodao.documents.rules import number_text
from baodao.documents.sheets import Item
from baodao.honours.models import HonourProposal, HonourRound
from baodao.honours.queries.papers import list_item, whole_name
from baodao.honours.queries.rounds import public_lines
from baodao.honours.queries.words import award_of
from baodao.honours.rules.lives import BY_NAME, POSITIVE, HonourKind
from baodao.honours.rules.papers import HONOUR_CERTIFICATE, HONOUR_LIST
from baodao.kernel import clock
from baodao.kernel.masks import masked_name
from baodao.orgs.queries.periods import names_at


def issue_list_paper(row: HonourRound) -> int:
    """Issue the list of now with the next number, in the place of a former one."""
    year, form, place = clock.today().year, HONOUR_LIST.code, row.organisation_id
    [number] = next_numbers(organisation_id=place, form=form, year=year, count=1)
    facts: Item = {
        **list_item(row),
        "number": number_text(year, number),
        "issued_on": clock.today(),
    }
    unit = _issuer(row)
    [issue] = keep_papers([Paper(form, place, unit, year, number, row.pk, facts=facts)])
    replace(about=row.pk, by=issue)
    return number


def _issuer(row: HonourRound) -> str:
    """The organisation as it is called at this instant."""
    return names_at([row.organisation_id], clock.now())[row.organisation_id]


def issue_certificates(row: HonourRound) -> None:
    """A certificate to each who is honoured and has none; of who is not any more it verifies no
    longer. A word on everybody (民主评议, 评先评优资格) is no honour and has no certificate."""
    if row.kind not in (*BY_NAME, HonourKind.RATING):
        return
    form = HONOUR_CERTIFICATE.code
    for proposal in row.proposals.exclude(verdict__in=POSITIVE):
        revoke(about=proposal.pk, form=form)
    honoured = list(public_lines(row))
    keys = [one.pk for one in honoured]
    have = set(papers_about(keys).filter(form=form).values_list("about", flat=True))
    new = [one for one in honoured if one.pk not in have]
    if new:
        keep_papers(_certificates(row, new))


def _certificates(row: HonourRound, proposals: list[HonourProposal]) -> Iterable[Paper]:
    year, form, place = clock.today().year, HONOUR_CERTIFICATE.code, row.organisation_id
    numbers = next_numbers(organisation_id=place, form=form, year=year, count=len(proposals))
    unit = _issuer(row)
    for proposal, number in zip(proposals, numbers, strict=True):
        proposal.round = row
        facts: Item = {
            "honour_to": whole_name(proposal),
            "honour_award": award_of(proposal),
            "honour_issuer": unit,
            "number": number_text(year, number),
            "issued_on": clock.today(),
        }
        name = proposal.name
        holder = masked_name(name) if proposal.person_id else name
        yield Paper(form, place, unit, year, number, proposal.pk, holder, facts)
