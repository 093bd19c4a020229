"""What keeps a committee, a meeting or its minutes from an act. Commands check it under their
locks; pages say it in place of a form that would be refused."""

from baodao.committees.models import Committee, Meeting, MeetingItem, Minutes
from baodao.committees.rules.committees import MEETING, MeetingState, check_begun
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop


def check_going_on(committee: Committee) -> None:
    """Refuse once it has ended."""
    if committee.ended_at is not None:
        raise Refused("committee.over", gettext_noop("This committee has ended."))


def check_called_off(meeting: Meeting) -> None:
    """Refuse to call off what was called off, and what took place: it is written down who came or
    what was decided, or minutes were issued."""
    MEETING.move(meeting.state, MeetingState.CANCELLED)
    if meeting.minutes.exclude(issued_at=None).exists():
        raise Refused("meeting.minuted", gettext_noop("Its minutes are issued already."))
    decided = meeting.items.exclude(decided_at=None).exists()
    if decided or meeting.invitees.filter(came=True).exists():
        raise Refused(
            "meeting.took-place",
            gettext_noop("It took place: who came or what was decided is written down."),
        )


def check_resolvable(item: MeetingItem) -> None:
    """Refuse a decision of a meeting that was called off, or has not begun."""
    MEETING.check(item.meeting.state, MeetingState.CALLED)
    check_begun(item.meeting.starts_at, clock.now())


def check_decided(item: MeetingItem) -> None:
    """Refuse a task of what nothing was decided of yet."""
    check_resolvable(item)
    if not item.decision:
        raise Refused("meeting.undecided", gettext_noop("Write the decision down first."))


def check_drafted(minutes: Minutes) -> None:
    """Refuse to change what is issued."""
    if minutes.issued_at is not None:
        raise Refused(
            "minutes.issued", gettext_noop("These minutes are issued; begin a new version.")
        )
