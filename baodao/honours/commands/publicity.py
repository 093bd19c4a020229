"""The list is put into publicity, objected to, answered for, issued with a number, corrected."""

from uuid import UUID

from baodao.documents.rules import check_read
from baodao.honours.commands.papers import issue_certificates, issue_list_paper
from baodao.honours.commands.signatures import put
from baodao.honours.models import HonourObjection, HonourProposal, HonourRound
from baodao.honours.queries.papers import list_digest, word_digest
from baodao.honours.queries.rounds import (
    DECIDE,
    objectable,
    objections,
    open_objections,
    proposals_to_decide,
    rounds_to_act,
    word_objected,
)
from baodao.honours.queries.words import official_title, official_verdict
from baodao.honours.rules.lives import (
    HONOUR_OBJECTION,
    HONOUR_ROUND,
    POSITIVE,
    HonourKind,
    HonourObjectionState,
    HonourState,
    HonourVerdict,
    RulingBasis,
)
from baodao.honours.rules.policies import ANSWER_DAYS, PUBLIC_DAYS
from baodao.honours.rules.rounds import (
    check_complete,
    check_issuable,
    check_not_own,
    check_number,
    check_objectable,
    check_verdict,
    check_words,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.kernel.workdays import workday_after
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.policies import value_of
from baodao.orgs.queries.tree import standing_of
from baodao.people.queries.members import lock_persons


def _locked(actor: Actor, round_id: UUID) -> HonourRound:
    """A round that the actor decides, with everybody judged in it, persons first."""
    row = rounds_to_act(actor, DECIDE).filter(pk=round_id).first()
    if row is None:
        raise Absent("round")
    lock_persons([one for one in row.proposals.values_list("person", flat=True) if one])
    return lock(rounds_to_act(actor, DECIDE), round_id)


@command
def publish_list(actor: Actor, *, round_id: UUID, seen: str) -> HonourRound:
    """公示: show the list for the working days that the organisation has set, five at least, from
    the day after. Refused while a proposal is not signed, and where a word is another than on the
    list that was read, whose hash is `seen` (`list_digest`). Each who is judged is told."""
    row = _locked(actor, round_id)
    HONOUR_ROUND.check(row.state, HonourState.DRAFT)
    check_read(seen, list_digest(row))
    check_complete(row.proposals.filter(verdict="").count())
    check_number(row.proposals.filter(verdict__in=POSITIVE).count(), row.most)
    today = clock.today()
    until = workday_after(today, value_of(PUBLIC_DAYS, row.organisation))
    move(
        [row], HonourState.PUBLIC, clock.now(),
        public_on=today, public_until=until, published_by=actor.name,
    )  # fmt: skip
    day = month_day(until, clock.today())
    facts = {"title": official_title(row), "day": day}
    announce(
        Message("honour-published", person_id=one.person_id, about=one.pk, facts=facts)
        for one in row.proposals.exclude(person=None)
    )
    journal.write(actor, "honour.published", row.pk, row.organisation_id, day=until.isoformat())
    return row


@command
def object_to_verdict(actor: Actor, *, proposal_id: UUID, text: str) -> HonourObjection:
    """异议 to a word while the list is in publicity: by the person, whatever it is, by anybody else
    with an account in scope to who stands on the list. Who decides is told, with a day."""
    words = check_words(text)
    proposal = objectable(actor, proposal_id)
    row = lock(HonourRound.objects.select_related("organisation"), proposal.round_id)
    proposal.round = row
    if actor.account_id is None:
        raise Absent("account")
    check_objecting(actor, proposal)
    due = workday_after(clock.today(), value_of(ANSWER_DAYS, row.organisation))
    objection = HonourObjection.objects.create(
        proposal=proposal, account_id=actor.account_id, name=actor.name, text=words, due_on=due
    )
    day = month_day(due, clock.today())
    facts = {"title": official_title(row), "day": day}
    place = standing_of(row.organisation).pk
    announce([Message("honour-objection", organisation_id=place, about=objection.pk, facts=facts)])
    journal.write(actor, "honour.objected", row.pk, row.organisation_id)
    return objection


def check_objecting(actor: Actor, proposal: HonourProposal) -> None:
    """Refuse an objection outside the publicity, and a second one before the first is answered."""
    row, today = proposal.round, clock.today()
    is_public = row.state == HonourState.PUBLIC
    check_objectable(is_public_now=is_public, until=row.public_until, today=today)
    if open_objections().filter(proposal=proposal, account=actor.account_id).exists():
        raise Refused(
            "honour.objected", gettext_noop("Your objection to this waits for its answer already.")
        )


@command
def answer_objection(
    actor: Actor, *, objection_id: UUID, words: str, verdict: HonourVerdict | None, seen: str
) -> HonourObjection:
    """Answer an objection: it is upheld if another word holds then than the one objected to, be it
    put in force now or, for somebody else's objection, before; None leaves the word as it is. The
    list says that it changed. Who objected is told, and whoever the word is on if it changed.
    Neither who objected nor who is judged answers. Refused where the word is another than the one
    that was read, whose hash is `seen` (`word_digest`)."""
    answer = check_words(words)
    before = objections(actor).filter(pk=objection_id).first()
    if before is None:
        raise Absent("objection")
    lock_persons([one for one in (before.proposal.person_id, before.account.person_id) if one])
    row = lock(objections(actor), objection_id)
    proposal = lock(proposals_to_decide(actor), row.proposal_id)
    check_not_own(actor.person_id, proposal.person_id)
    if row.account_id == actor.account_id:
        raise Refused("honour.own-objection", gettext_noop("Somebody else answers your objection."))
    is_changed = verdict is not None and verdict != proposal.verdict
    is_upheld = (verdict or proposal.verdict) != word_objected(row)
    to = HonourObjectionState.UPHELD if is_upheld else HonourObjectionState.DISMISSED
    HONOUR_OBJECTION.move(row.state, to)
    HONOUR_ROUND.check(proposal.round.state, HonourState.PUBLIC)
    check_read(seen, word_digest(proposal))
    move([row], to, clock.now(), answer=answer, answered_by=actor.name, answered_at=clock.now())
    if is_changed:
        word = check_verdict(HonourKind(proposal.round.kind), verdict)
        put(actor, proposal, word, RulingBasis.OBJECTION, answer[:200])
        _tell_change(proposal)
    account = row.account
    announce(
        [
            Message(
                "honour-answer",
                person_id=account.person_id,
                account_id=None if account.person_id else account.pk,
                about=proposal.round_id,
                facts={"title": official_title(proposal.round), "words": answer},
            )
        ]
    )
    verb = "honour.upheld" if is_upheld else "honour.dismissed"
    journal.write(actor, verb, proposal.round_id, proposal.round.organisation_id)
    return row


def _tell_change(proposal: HonourProposal) -> None:
    if proposal.person_id is None:
        return
    facts = {
        "title": official_title(proposal.round),
        "verdict": official_verdict(proposal.verdict),
    }
    announce(
        [Message("honour-changed", person_id=proposal.person_id, about=proposal.pk, facts=facts)]
    )


@command
def issue_list(actor: Actor, *, round_id: UUID, seen: str) -> HonourRound:
    """Issue the final list with its number, and certificates to who is honoured; refused before
    publicity is over, while an objection waits, and where a word is another than on the list that
    was read, whose hash is `seen` (`list_digest`)."""
    row = _locked(actor, round_id)
    HONOUR_ROUND.check(row.state, HonourState.PUBLIC)
    check_read(seen, list_digest(row))
    waiting = open_objections().filter(proposal__round=row).count()
    check_issuable(row.public_until, clock.today(), waiting)
    check_number(row.proposals.filter(verdict__in=POSITIVE).count(), row.most)
    number, now = issue_list_paper(row), clock.now()
    move(
        [row], HonourState.FINAL, now,
        year=clock.today().year, number=number, issued_at=now, issued_by=actor.name,
    )  # fmt: skip
    issue_certificates(row)
    facts = {"title": official_title(row)}
    listed = row.proposals.filter(verdict__in=POSITIVE).exclude(person=None)
    announce(
        Message("honour-final", person_id=one.person_id, about=one.pk, facts=facts)
        for one in listed
    )
    journal.write(actor, "honour.issued", row.pk, row.organisation_id, number=row.number_text)
    return row


@command
def correct_verdict(
    actor: Actor, *, proposal_id: UUID, verdict: HonourVerdict | None, reason: str, seen: str
) -> HonourProposal:
    """Put a word right after the final list: the list is issued anew under its own number in the
    place of the former, a certificate verifies no longer, or is made; the former stays read.
    Refused where the word is another than the one that was read, whose hash is `seen`
    (`word_digest`)."""
    before = proposals_to_decide(actor).filter(pk=proposal_id).first()
    if before is None:
        raise Absent("proposal")
    row = _locked(actor, before.round_id)
    HONOUR_ROUND.check(row.state, HonourState.FINAL)
    proposal = lock(proposals_to_decide(actor), proposal_id)
    check_not_own(actor.person_id, proposal.person_id)
    check_read(seen, word_digest(proposal))
    word, why = check_verdict(HonourKind(row.kind), verdict), check_reason(reason)
    if word == proposal.verdict:
        raise Refused("honour.same", gettext_noop("This is the word that holds already."))
    put(actor, proposal, word, RulingBasis.CORRECTION, why)
    number = issue_list_paper(row)
    row.number, row.year = number, clock.today().year
    row.save(update_fields=["number", "year"])
    issue_certificates(row)
    _tell_change(proposal)
    journal.write(actor, "honour.corrected", row.pk, row.organisation_id, reason=why)
    return proposal
