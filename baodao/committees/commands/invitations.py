"""Who is invited to meetings: told of them, and kept as members come in and leave."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from baodao.committees.models import CommitteeMember, Invitee, Meeting
from baodao.committees.rules.committees import MeetingState
from baodao.kernel import clock
from baodao.kernel.days import month_day
from baodao.notices.commands.notices import Message, NoticeFact, announce


def tell_invited(meeting: Meeting, kind: str, **more: NoticeFact) -> None:
    """Every organisation that was invited, once."""
    announce(messages_to_invited(meeting, kind, **more))


def messages_to_invited(meeting: Meeting, kind: str, **more: NoticeFact) -> list[Message]:
    """What every organisation that was invited is told, once."""
    rows = meeting.invitees.exclude(member__organisation=None).select_related("member")
    invited = dict.fromkeys(row.member.organisation_id for row in rows.order_by("pk"))
    return _messages(meeting, kind, invited, **more)


def _messages(
    meeting: Meeting, kind: str, organisations: Iterable[int | None], **more: NoticeFact
) -> list[Message]:
    local = clock.local(meeting.starts_at)
    facts: dict[str, NoticeFact] = {
        "committee": meeting.committee_name,
        "at": f"{month_day(local.date(), clock.today())}{local:%H:%M}",
        **more,
    }
    return [
        Message(kind, organisation_id=one, about=meeting.pk, facts=facts) for one in organisations
    ]


def message_of_call(meeting: Meeting, organisation_id: int) -> Message:
    """What an organisation is told that is invited after the others were."""
    items = "；".join(meeting.items.order_by("position").values_list("text", flat=True))
    about = {"items": items[:200], "spot": meeting.spot}
    return _messages(meeting, "meeting-called", [organisation_id], **about)[0]


def invite_later(member: CommitteeMember) -> None:
    """Who has come into a committee is invited to what is still to come in their term, and told;
    and stands among those of meetings that were entered later, until minutes are issued."""
    for meeting in _open_to(member.committee_id).exclude(invitees__member=member):
        on = clock.local(meeting.starts_at).date()
        if member.since <= on and (member.until is None or on <= member.until):
            Invitee.objects.create(meeting=meeting, member=member, name=member.words)
            if meeting.starts_at > clock.now() and member.organisation_id is not None:
                announce([message_of_call(meeting, member.organisation_id)])


def invite_no_more(member: CommitteeMember) -> None:
    """Who has left is invited no more to what comes after their term."""
    if member.until is not None:
        after = clock.midnight(member.until + timedelta(days=1))
        after = max(after, clock.now())
        Invitee.objects.filter(member=member, meeting__starts_at__gte=after).delete()


def _open_to(committee_id: UUID) -> QuerySet[Meeting]:
    """Meetings of a committee that are ahead, or were entered later and have no issued minutes."""
    ahead = Q(starts_at__gt=clock.now())
    later = Q(called_at__gte=F("starts_at")) & ~Q(minutes__issued_at__isnull=False)
    rows = Meeting.objects.filter(ahead | later, committee=committee_id, state=MeetingState.CALLED)
    return rows.distinct().order_by("starts_at", "pk")
