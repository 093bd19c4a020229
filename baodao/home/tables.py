"""What waits on a first page, each with its number and one button, and the one next act."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.kernel import clock
from baodao.registration.queries import Desk, UnitStanding
from baodao.registration.rules import Why

NAMED = 3
"""How many groups a task names; the page behind the button names all."""


@dataclass(frozen=True)
class Act:
    """The one useful thing: a button and where it leads."""

    label: str
    url: str


@dataclass(frozen=True)
class Task:
    """Something that waits: how much of it, in words, in detail, and the act that does it.

    `pressing` ones may be the red button of the page.
    """

    number: int
    words: str
    detail: str
    act: Act
    pressing: bool = True


def tasks_of(desk: Desk, unplaced: int) -> list[Task]:
    """What waits for a community, in the order in which it is done."""
    return [*_arrivals(desk), *_units(desk), *_unplaced(unplaced)]


def _arrivals(desk: Desk) -> Iterator[Task]:
    if not desk.waiting:
        return
    groups = [
        ngettext("%(unit)s: %(n)s person", "%(unit)s: %(n)s persons", len(group.registrations))
        % {"unit": group.unit.name, "n": len(group.registrations)}
        + (gettext(" (group report)") if group.as_group else "")
        for group in desk.groups[:NAMED]
    ]
    days = (clock.today() - clock.local(desk.oldest).date()).days if desk.oldest else 0
    waited = ngettext(
        "the longest has waited %(days)s day", "the longest has waited %(days)s days", days
    )
    yield Task(
        desk.waiting,
        ngettext("person to be received", "persons to be received", desk.waiting),
        " · ".join([*groups, waited % {"days": days}]),
        Act(gettext("Check one by one or receive all"), reverse("registration:desk")),
    )


def _units(desk: Desk) -> Iterator[Task]:
    if desk.units:
        yield Task(
            len(desk.units),
            ngettext(
                "unit has presented its contact form",
                "units have presented their contact forms",
                len(desk.units),
            ),
            " · ".join(held.unit.name for held in desk.units[:NAMED]),
            Act(gettext("Look and accept"), f"{reverse('registration:units')}?state=submitted"),
        )


def _unplaced(unplaced: int) -> Iterator[Task]:
    if unplaced:
        yield Task(
            unplaced,
            ngettext(
                "member is in no grid and no team yet",
                "members are in no grid and no team yet",
                unplaced,
            ),
            gettext("When convenient; nothing depends on it."),
            Act(gettext("Place them"), f"{reverse('registration:members')}?placed=no"),
            pressing=False,
        )


def next_act(standing: UnitStanding) -> Act | None:
    """The one useful thing for a unit: letters, then the group report, then what was returned."""
    letters = reverse("registration:letters")
    if count := len(standing.with_reason(Why.NO_LETTER)):
        told = ngettext("Issue %(count)s letter", "Issue %(count)s letters", count)
        return Act(told % {"count": count}, reverse("registration:issue"))
    if count := len(standing.with_reason(Why.NOT_PRESENTED)):
        told = ngettext("Report %(count)s member", "Report %(count)s members as a group", count)
        return Act(told % {"count": count}, f"{letters}?state=issued")
    if count := len(standing.with_reason(Why.RETURNED)):
        told = ngettext("See %(count)s returned", "See %(count)s returned", count)
        return Act(told % {"count": count}, f"{letters}?state=returned")
    return None
