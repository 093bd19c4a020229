"""会议纪要: drafted from items and decisions, written on, issued with number and hash, corrected
by a new version."""

from uuid import UUID

from django.db.models import Max

from baodao.committees.commands.meetings import locked_meeting
from baodao.committees.models import Meeting, Minutes
from baodao.committees.queries.barriers import check_drafted
from baodao.committees.queries.committees import meetings_to_run
from baodao.committees.queries.minutes import digest_in, drafted_words, words_of
from baodao.committees.rules.committees import (
    MINUTES as MOST,
)
from baodao.committees.rules.committees import (
    NAME,
    check_begun,
    check_minutes_same,
    check_words,
    plain,
)
from baodao.committees.rules.papers import MINUTES
from baodao.documents import commands as documents
from baodao.documents.commands import Paper, keep_papers, next_numbers
from baodao.documents.rules import check_read
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, announce


@command
def draft_minutes(actor: Actor, *, meeting_id: UUID) -> Minutes:
    """Draft the minutes of what attendance, decisions and tasks say, which they go on saying until
    somebody writes on them; after an issue on which somebody wrote, a new version begins with its
    words. A draft that is there is kept."""
    meeting = locked_meeting(actor, meeting_id)
    check_begun(meeting.starts_at, clock.now())
    rows = meeting.minutes.order_by("-version")
    last = rows.first()
    if last is not None and last.issued_at is None:
        return last
    written = last is not None and last.text != last.basis
    text, basis = (last.text, last.basis) if last is not None and written else ("", "")
    version = (rows.aggregate(last=Max("version"))["last"] or 0) + 1
    return Minutes.objects.create(meeting=meeting, version=version, text=text, basis=basis)


@command
def draft_again(actor: Actor, *, minutes_id: UUID) -> Minutes:
    """Let go what was written on a draft: it says what attendance, decisions and tasks say."""
    row = _draft(actor, minutes_id)
    row.text, row.basis = "", ""
    row.save(update_fields=["text", "basis"])
    return row


def _draft(actor: Actor, minutes_id: UUID) -> Minutes:
    rows = Minutes.objects.select_related("meeting__committee__place")
    row = lock(rows.filter(meeting__in=meetings_to_run(actor).values("pk")), minutes_id)
    check_drafted(row)
    return row


@command
def edit_minutes(actor: Actor, *, minutes_id: UUID, words: str, before: str) -> Minutes:
    """Write a draft on; what another wrote since `before` was seen is not overwritten."""
    row = _draft(actor, minutes_id)
    drafted = drafted_words(row.meeting)
    check_minutes_same(row.text or drafted, before, words)
    row.basis = row.basis or drafted
    row.text = check_length(plain(words), MOST)
    if row.text in ("", drafted):
        row.text, row.basis = "", ""
    row.save(update_fields=["text", "basis"])
    return row


@command
def issue_minutes(actor: Actor, *, minutes_id: UUID, signer: str, seen: str) -> Minutes:
    """Issue a draft, signed by who is named: it gets its number and stays as it is, what was issued
    of the meeting before holds no longer, and whoever was invited is told. `seen` is the hash of
    the words that were read; refused where they changed."""
    row = _draft(actor, minutes_id)
    check_read(seen, digest_in(row))
    row.basis = drafted_words(row.meeting)
    row.text = check_words(row.text or row.basis, MOST)
    name = check_length(signer.strip(), NAME)
    if not name:
        raise Refused("minutes.signer", gettext_noop("Name who signs."))
    meeting, place = row.meeting, row.meeting.committee.place
    check_begun(meeting.starts_at, clock.now())
    year = clock.today().year
    [number] = next_numbers(organisation_id=place.pk, form=MINUTES.code, year=year, count=1)
    row.signer, row.year, row.number, row.issued_at = name, year, number, clock.now()
    row.save(update_fields=["text", "basis", "signer", "year", "number", "issued_at"])
    [issue] = keep_papers([_paper(row)])
    for former in meeting.minutes.exclude(pk=row.pk):
        documents.replace(about=former.pk, by=issue)
    facts = {"number": row.number_text}
    journal.write(actor, "meeting.minutes-issued", meeting.pk, place.pk, **facts)
    _tell(row)
    return row


def minutes_facts(row: Minutes) -> dict[str, object]:
    """What stands on the paper."""
    meeting = row.meeting
    local = clock.local(meeting.starts_at)
    return {
        "organisation": meeting.place_name,
        "committee": meeting.committee_name,
        "number": row.number_text,
        "meeting_time": f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}",
        "meeting_spot": meeting.spot,
        "minutes_text": words_of(row),
        "report_signer": row.signer,
        "issued_on": clock.day_of(row.issued_at),
    }


def _paper(row: Minutes) -> Paper:
    assert row.year is not None
    assert row.number is not None
    return Paper(
        form=MINUTES.code,
        organisation_id=row.meeting.committee.place_id,
        unit=row.meeting.place_name,
        year=row.year,
        number=row.number,
        about=row.pk,
        facts=minutes_facts(row),
    )


def _tell(row: Minutes) -> None:
    meeting: Meeting = row.meeting
    invited = meeting.invitees.exclude(member__organisation=None).order_by("pk")
    places = dict.fromkeys(invited.values_list("member__organisation_id", flat=True))
    facts = {"number": row.number_text, "committee": meeting.committee_name}
    announce(
        Message("minutes-issued", organisation_id=one, about=meeting.pk, facts=facts)
        for one in places
    )
