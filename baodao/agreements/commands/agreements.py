"""共驻共建协议书: drafted from clauses and lists, agreed clause by clause, signed by two, ended."""

from collections.abc import Iterable
from uuid import UUID

from baodao.agreements.models import (
    Agreement,
    AgreementClause,
    ClauseTemplate,
    ClauseWording,
    PlanLine,
)
from baodao.agreements.queries.agreements import (
    agreement_rows,
    agreements_to_write,
    check_signable,
    clauses_of,
    digest_in,
    last_signed,
    live_agreement,
    side_of,
    template_at,
    text_of,
)
from baodao.agreements.rules.agreements import (
    AGREEMENT,
    PLAN,
    AgreementState,
    ClauseText,
    check_agreement_year,
    check_last,
    check_wording,
    clauses_in,
)
from baodao.agreements.rules.papers import AGREEMENT_PAPER
from baodao.documents.commands import Paper, keep_papers, next_numbers, revoke
from baodao.documents.rules import check_read, number_text
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length, check_reason
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import organisations_anywhere, standing_of
from baodao.orgs.rules.tree import PLACES
from baodao.partnership.queries import partnerships
from baodao.resources.rules.lives import ListSide


@command
def write_clauses(actor: Actor, *, organisation_id: int, text: str) -> ClauseTemplate:
    """Write the template of an authority anew, for agreements drafted from now on; an empty text
    lets that of those above hold again."""
    rows = organisations_anywhere().filter(kind__in=PLACES)
    place = lock(within(rows, actor, Permission.CLAUSE_EDIT, "path"), organisation_id)
    clauses = [list(pair) for pair in clauses_in(text)] if text.strip() else []
    row = ClauseTemplate.objects.create(
        organisation=place, clauses=clauses, since=clock.now(), written_by=actor.name
    )
    journal.write(actor, "clauses.written", row.pk, place.pk, count=len(clauses))
    return row


@command
def draft_agreement(actor: Actor, *, unit_id: int, year: int) -> Agreement:
    """Draft the agreement of a unit with its partner community, from the last one that both signed,
    else from the template. Raises `Absent` for who writes for neither; there is one a year."""
    contact = partnerships().select_related("unit", "community").filter(unit=unit_id).first()
    if contact is None:
        raise Absent("unit")
    unit = lock(organisations_anywhere(), contact.unit_id)
    community = standing_of(contact.community)
    row = Agreement(unit=unit, community=community, year=year)
    side = side_of(actor, row)
    if side is None:
        raise Absent("unit")
    check_agreement_year(year, clock.today())
    if live_agreement(unit, community, year) is not None:
        raise Refused(
            "agreement.again", gettext_noop("There is an agreement of this year already.")
        )
    row.former = last_signed(unit, community)
    row.save()
    _begin(actor, row, side)
    journal.write(actor, "agreement.drafted", row.pk, community.pk, year=str(year))
    tell_other(row, side)
    return row


def _begin(actor: Actor, row: Agreement, side: ListSide) -> None:
    """The clauses with which it begins, proposed by who drafts it."""
    texts: Iterable[ClauseText] = template_at(row.community)
    if row.former is not None:
        texts = [ClauseText(one.clause.title, one.wording.text) for one in clauses_of(row.former)]
    for position, text in enumerate(texts, start=1):
        clause = AgreementClause.objects.create(agreement=row, position=position, title=text.title)
        ClauseWording.objects.create(
            clause=clause, side=side, text=text.text, proposed_by=actor.name
        )


def locked_agreement(
    actor: Actor, agreement_id: UUID, state: AgreementState
) -> tuple[Agreement, ListSide]:
    """An agreement in this state, locked, and for which side the actor writes."""
    lock(agreements_to_write(actor).prefetch_related(None), agreement_id)
    row = agreement_rows().get(pk=agreement_id)
    AGREEMENT.check(row.state, state)
    side = side_of(actor, row)
    assert side is not None
    return row, side


def _unsign(row: Agreement) -> bool:
    """Another text than the one that was signed: nobody has signed it yet. Whether somebody had
    signed the former."""
    lapsed = row.text is not None
    row.unit_signer = row.community_signer = row.digest = ""
    row.text = None
    row.save(update_fields=["unit_signer", "community_signer", "digest", "text"])
    return lapsed


def clause_in(row: Agreement, clause_id: UUID) -> AgreementClause:
    """One of its clauses. Raises `Absent`."""
    clause = row.clauses.filter(pk=clause_id).first()
    if clause is None:
        raise Absent("clause")
    return clause


@command
def propose_wording(
    actor: Actor, *, agreement_id: UUID, clause_id: UUID, text: str
) -> ClauseWording:
    """One side proposes another wording of a clause, which is open until the other agrees."""
    words = check_wording(text)
    row, side = locked_agreement(actor, agreement_id, AgreementState.DRAFT)
    clause = clause_in(row, clause_id)
    wording = ClauseWording.objects.create(
        clause=clause, side=side, text=words, proposed_by=actor.name
    )
    lapsed = _unsign(row)
    journal.write(actor, "agreement.wording", row.pk, row.community_id, title=clause.title)
    tell_other(row, side, "agreement-unsigned" if lapsed else "agreement-open")
    return wording


@command
def agree_on(actor: Actor, *, agreement_id: UUID, wording_ids: Iterable[UUID]) -> Agreement:
    """One side agrees to these wordings, which the other proposed: to what was read, so that it is
    refused where one of them is not the last of its clause any more. Raises `Absent` for a wording
    of another agreement."""
    row, side = locked_agreement(actor, agreement_id, AgreementState.DRAFT)
    named = set(wording_ids)
    if ClauseWording.objects.filter(clause__agreement=row, pk__in=named).count() < len(named):
        raise Absent("clause")
    standing = [one for one in clauses_of(row, side) if one.wording.pk in named]
    check_last(len(standing), len(named))
    for one in standing:
        if one.turn:
            one.wording.agreed_at = clock.now()
            one.wording.save(update_fields=["agreed_at"])
            journal.write(
                actor, "agreement.clause-agreed", row.pk, row.community_id, title=one.clause.title
            )
    return row


@command
def plan_month(actor: Actor, *, agreement_id: UUID, month: int, text: str) -> Agreement:
    """Say what both mean to do in a month; empty takes it out. Either side writes it; the
    other is told where that makes a signature void."""
    row, side = locked_agreement(actor, agreement_id, AgreementState.DRAFT)
    words = check_length(text.strip(), PLAN)
    PlanLine.objects.filter(agreement=row, month=month).delete()
    if words:
        PlanLine.objects.create(agreement=row, month=month, text=words)
    if _unsign(row):
        tell_other(row, side, "agreement-unsigned")
    journal.write(actor, "agreement.planned", row.pk, row.community_id, count=month)
    return row


@command
def sign(actor: Actor, *, agreement_id: UUID, seen: str) -> Agreement:
    """Sign for one side the text whose hash was `seen`; with the second signature it is numbered
    and in force, and the paper keeps it. Refused while a clause is open or the text changed."""
    row, side = locked_agreement(actor, agreement_id, AgreementState.DRAFT)
    check_signable(row)
    digest = digest_in(row)
    check_read(seen, digest)
    row.text, row.digest, column = dict(text_of(row)), digest, f"{side}_signer"
    setattr(row, column, actor.name)
    row.save(update_fields=[column, "digest", "text"])
    journal.write(actor, "agreement.signed", row.pk, row.community_id, name=actor.name)
    if row.unit_signer and row.community_signer:
        _conclude(row)
    else:
        tell_other(row, side, "agreement-half-signed")
    return row


def _conclude(row: Agreement) -> None:
    """Both have signed: a number, the paper with its facts, and word to both."""
    now, place_id, form = clock.now(), row.community_id, AGREEMENT_PAPER.code
    [number] = next_numbers(organisation_id=place_id, form=form, year=row.year, count=1)
    facts = {
        **text_of(row),
        "number": number_text(row.year, number),
        "digest": row.digest,
        "unit_signer": row.unit_signer,
        "community_signer": row.community_signer,
        "signed_on": clock.day_of(now),
    }
    paper = Paper(form, place_id, row.unit.name, row.year, number, row.pk, facts=facts)
    keep_papers([paper])
    move([row], AgreementState.SIGNED, now, signed_at=now, number=number)
    announce(_both(row, "agreement-signed"))


@command
def end_agreement(actor: Actor, *, agreement_id: UUID, reason: str) -> Agreement:
    """End an agreement, signed or not, with a reason that the other side reads; what was done
    stays counted, the text as it was."""
    why = check_reason(reason)
    row = lock(agreements_to_write(actor).prefetch_related(None), agreement_id)
    _end(row, why)
    journal.write(actor, "agreement.ended", row.pk, row.community_id, reason=why)
    return row


def _end(row: Agreement, reason: str) -> None:
    now, text = clock.now(), dict(text_of(row))
    move([row], AgreementState.ENDED, now, ended_at=now, reason=reason, text=text)
    revoke(about=row.pk)
    announce(_both(row, "agreement-ended", reason=reason))


def end_agreements(actor: Actor, unit_id: int) -> None:  # noqa: ARG001 - the contact's own command checked
    """A unit ended its contact with its community: their agreements end with it."""
    rows = Agreement.objects.filter(unit=unit_id, state__in=AGREEMENT.live)
    for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        _end(row, APART)


APART = gettext_noop("The unit has ended its contact with the community.")


def tell_other(row: Agreement, side: ListSide, kind: str = "agreement-open", **more: str) -> None:
    """The other side has something to look at, to sign or to answer."""
    by_unit = side == ListSide.UNIT
    reader, writer = (row.community, row.unit) if by_unit else (row.unit, row.community)
    announce([message_to(row, kind, reader, writer, **more)])


def _both(row: Agreement, kind: str, **reason: str) -> list[Message]:
    sides = ((row.unit, row.community), (row.community, row.unit))
    return [message_to(row, kind, reader, other, **reason) for reader, other in sides]


def message_to(
    row: Agreement, kind: str, reader: Organisation, other: Organisation, **more: str
) -> Message:
    """What one side is told of an agreement with the other."""
    facts = {"name": other.name, "year": str(row.year), **more}
    return Message(kind, organisation_id=reader.pk, about=row.pk, facts=facts)
