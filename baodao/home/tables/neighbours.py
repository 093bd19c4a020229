"""What waits for a community of its neighbours: who booked, who offers to help, households."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.home.queries.days import CommunityDay
from baodao.home.tables.tasks import NextAct, Task


def neighbour_tasks(day: CommunityDay) -> Iterator[Task]:
    """Appointments and rooms to confirm, talents to look at, measures and visits that are due and
    files that are soon deleted."""
    yield from _appointments(day.appointments)
    yield from _rooms(day.rooms)
    yield from _talents(day.talents)
    yield from _measures(day.measures)
    yield from _unvisited(day.unvisited)
    yield from _expiring(day.expiring)


def _appointments(count: int) -> Iterator[Task]:
    if count:
        words = ngettext("appointment to be confirmed", "appointments to be confirmed", count)
        detail = gettext("Ask who offers, then confirm; who booked waits for it.")
        act = NextAct(gettext("See the appointments"), reverse("alliance:appointments"))
        yield Task(count, words, detail, act)


def _rooms(count: int) -> Iterator[Task]:
    if count:
        words = ngettext("room to be confirmed", "rooms to be confirmed", count)
        detail = gettext("Somebody wants to use a room; they are told once it is confirmed.")
        act = NextAct(gettext("See the bookings"), reverse("venues:bookings"))
        yield Task(count, words, detail, act)


def _talents(count: int) -> Iterator[Task]:
    if count:
        words = ngettext(
            "entry of a talent to be looked at", "entries of talents to be looked at", count
        )
        detail = gettext("Residents who like to help with what they can do.")
        url = f"{reverse('talents:list')}?state=offered"
        yield Task(count, words, detail, NextAct(gettext("See who they are"), url), pressing=False)


def _measures(count: int) -> Iterator[Task]:
    if count:
        words = ngettext(
            "household has a measure that is due", "households have measures that are due", count
        )
        detail = gettext("Due within three days, or overdue.")
        url = f"{reverse('residents:list')}?state=due"
        yield Task(count, words, detail, NextAct(gettext("See what is due"), url))


def _unvisited(count: int) -> Iterator[Task]:
    if count:
        words = ngettext("household is to be visited", "households are to be visited", count)
        detail = gettext("So often as their grade of support asks.")
        act = NextAct(gettext("See whom"), reverse("helpgroups:due"))
        yield Task(count, words, detail, act)


def _expiring(count: int) -> Iterator[Task]:
    if count:
        words = ngettext(
            "file of a household is soon deleted", "files of households are soon deleted", count
        )
        detail = gettext("Renew the basis of those that are still needed.")
        url = f"{reverse('residents:list')}?state=expiring"
        yield Task(count, words, detail, NextAct(gettext("See which"), url), pressing=False)
