"""Somebody asks, reminds, ends; who is asked answers; who asked says what became of it, and who
answered whether it is settled."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.days import month_day
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, announce
from baodao.opinions.models import OpinionAnswer, OpinionRound, OpinionSheet
from baodao.opinions.queries.rounds import (
    answers_in,
    asker_now,
    audiences_of,
    is_past,
    organisations_asked,
    persons_asked,
    persons_of,
    round_like,
    rounds,
    sheet_by_token,
    sheet_rows,
    silent,
)
from baodao.opinions.rules.rounds import (
    NAME,
    AnswerFacts,
    OpinionAudience,
    RoundFacts,
    check_days,
    check_marks,
    check_missing,
    check_open,
    check_reply,
    check_single,
    check_somebody,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open as check_organisation
from baodao.orgs.queries.tree import organisations
from baodao.people.queries.members import lock_persons

ASK = Permission.OPINION_ASK


@command
def ask_opinions(actor: Actor, *, asker_id: int, facts: RoundFacts) -> OpinionRound:
    """Ask everybody whom the audience is at this instant; each is told once, with their own link.

    Raises `Refused` where nobody would be asked, or the same people are asked already."""
    asker = lock(organisations(actor, ASK), asker_id)
    check_organisation(asker)
    if facts.audience not in audiences_of(asker):
        raise Absent("audience")
    check_days(facts, clock.today())
    before = round_like(asker, facts)
    check_single(before is not None, before.due_on if before else None)
    persons = persons_asked(asker, facts) if facts.audience is OpinionAudience.MEMBERS else []
    places = [] if persons else _places(asker, facts)
    check_somebody(len(persons) + len(places), facts.audience)
    lock_persons(persons)
    row = OpinionRound.objects.create(
        asker=asker,
        audience=facts.audience,
        period_text=str(facts.period),
        due_on=facts.due_on,
        note=facts.note.strip(),
        asked_by=actor.name,
    )
    sheets = [OpinionSheet(round=row, person_id=person) for person in persons]
    sheets += [OpinionSheet(round=row, organisation=place) for place in places]
    OpinionSheet.objects.bulk_create(sheets)
    announce(_requests(row, sheets))
    journal.write(actor, "opinion.asked", row.pk, asker.pk, count=len(sheets))
    return row


def _places(asker: Organisation, facts: RoundFacts) -> list[Organisation]:
    if facts.audience is OpinionAudience.MEMBERS:
        return []
    return organisations_asked(asker, facts.audience)


def _requests(row: OpinionRound, sheets: Iterable[OpinionSheet]) -> list[Message]:
    """One sentence to each who is asked, with the link of their own sheet."""
    day = month_day(row.due_on, clock.today())
    facts = {"asker": asker_now(row).name, "day": day}
    return [_message("opinion-asked", sheet, **facts) for sheet in sheets]


def _message(kind: str, sheet: OpinionSheet, **facts: str) -> Message:
    return Message(
        kind,
        person_id=sheet.person_id,
        organisation_id=sheet.organisation_id,
        about=sheet.pk,
        url=f"/opinion/{sheet.token}/",
        facts=facts,
    )


@command
def remind_silent(actor: Actor, *, round_id: UUID) -> OpinionRound:
    """Tell everybody who has not answered once more, once a day at most."""
    lock_persons(persons_of(silent(_one(actor, round_id))))
    row = lock(rounds(actor, ASK), round_id)
    check_open(is_over=row.is_over)
    if row.reminded_on == clock.today():
        raise Refused(
            "opinion.reminded", gettext_noop("They were reminded today; remind them tomorrow.")
        )
    announce(_requests(row, silent(row)))
    row.reminded_on = clock.today()
    row.save(update_fields=["reminded_on"])
    journal.write(actor, "opinion.reminded", row.pk, row.asker_id)
    return row


def _one(actor: Actor, round_id: UUID) -> OpinionRound:
    row = rounds(actor, ASK).filter(pk=round_id).first()
    if row is None:
        raise Absent("round")
    return row


@command
def end_round(actor: Actor, *, round_id: UUID) -> OpinionRound:
    """Let nobody answer any more; what was answered stays."""
    row = lock(rounds(actor, ASK), round_id)
    check_open(is_over=row.is_over)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    journal.write(actor, "opinion.ended", row.pk, row.asker_id)
    return row


@command
def express_opinion(actor: Actor, *, token: str, facts: AnswerFacts) -> OpinionSheet:  # noqa: ARG001
    """Answer once, by whoever holds the link. A member without a name leaves no trace of who it
    was: the sheet knows only that it was answered. Raises `Absent` for an unknown link."""
    sheet = lock(sheet_rows(), sheet_by_token(token).pk)
    if sheet.answered_at is not None:
        raise Refused(
            "opinion.answered", gettext_noop("This was answered already. Thank you very much.")
        )
    check_open(is_over=is_past(sheet))
    check_marks(sheet.round.audience, facts.marks)
    name = check_length(facts.name.strip(), NAME)
    if sheet.organisation_id is not None and not name:
        raise Refused("opinion.who", gettext_noop("Say who answers for the organisation."))
    sheet.answered_at = clock.now()
    sheet.save(update_fields=["answered_at"])
    OpinionAnswer.objects.create(
        id=uuid4(),
        round=sheet.round,
        sheet=sheet if name else None,
        marks=dict(facts.marks),
        text=facts.text.strip(),
        name=name,
    )
    return sheet


@command
def reply(actor: Actor, *, answer_id: UUID, words: str) -> OpinionAnswer:
    """Say what became of an opinion; who gave it is told, and asked whether it is settled."""
    row = lock(answers_in(actor, ASK), answer_id)
    words = check_reply(words, nameless=row.sheet is None)
    assert row.sheet is not None
    lock_persons(persons_of(sheet_rows().filter(pk=row.sheet.pk)))
    row.reply, row.replied_by = words, actor.name
    row.replied_at = row.replied_at or clock.now()
    row.settled = row.settled_at = None
    row.missing = ""
    row.save()
    announce([_message("opinion-reply", row.sheet, asker=asker_now(row.round).name)])
    journal.write(actor, "opinion.replied", row.round_id, row.round.asker_id)
    return row


@command
def rate_reply(actor: Actor, *, token: str, settled: bool, missing: str = "") -> OpinionAnswer:  # noqa: ARG001
    """回访: whoever gave the opinion says whether it is settled; if not, what is missing, and who
    asked is told. Refused without that word."""
    lacking = "" if settled else check_missing(missing)
    sheet = sheet_by_token(token)
    row = lock(OpinionAnswer.objects.select_related("round__asker"), _answer_id(sheet))
    if row.replied_at is None:
        raise Absent("reply")
    check_organisation(asker_now(row.round))
    row.settled, row.settled_at, row.missing = settled, clock.now(), lacking
    row.save(update_fields=["settled", "settled_at", "missing"])
    if not settled:
        facts = {"name": row.name, "words": lacking}
        asker = asker_now(row.round).pk
        announce(
            [Message("opinion-unsettled", organisation_id=asker, about=row.round_id, facts=facts)]
        )
    return row


def _answer_id(sheet: OpinionSheet) -> UUID:
    """The answer that was given on a sheet; raises `Absent` where none was, or without a name."""
    row = OpinionAnswer.objects.filter(sheet=sheet).values_list("pk", flat=True).first()
    if row is None:
        raise Absent("answer")
    return row
