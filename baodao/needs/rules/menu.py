"""What stands on a community's menu, and how many orders of it a week bears."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from baodao.kernel.days import month_day
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_length

TITLE, SCHEDULE, SERVED_BY, ABOUT = 30, 60, 60, 200
MOST_WEEKLY = 200
NOTES = 300
"""What may be written beside an order."""


@dataclass(frozen=True)
class MenuFacts:
    """What is served, of which category, when and how often in words, by whom, and how many orders
    a week it bears."""

    title: str
    category: str
    schedule: str
    weekly: int
    served_by: str = ""
    text: str = ""


def check_item(facts: MenuFacts, categories: Collection[str]) -> MenuFacts:
    """The facts as they may be kept; refused without words, a category or a number of orders."""
    clean = replace(
        facts,
        title=check_length(facts.title.strip(), TITLE),
        schedule=check_length(facts.schedule.strip(), SCHEDULE),
        served_by=check_length(facts.served_by.strip(), SERVED_BY),
        text=check_length(facts.text.strip(), ABOUT),
    )
    if not (clean.title and clean.schedule):
        raise Refused("menu.words", gettext_noop("Say what is served, and when."))
    if clean.category not in categories:
        raise Refused("menu.category", gettext_noop("Choose the kind of service from the list."))
    if not 1 <= clean.weekly <= MOST_WEEKLY:
        raise Refused(
            "menu.weekly",
            gettext_noop("Say how many orders a week it bears, from 1 to %(most)s."),
            most=MOST_WEEKLY,
        )
    return clean


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def check_room(weekly: int, ordered: int, today: date) -> None:
    """Refuse one order more than a week bears, with the day from which it may be ordered again."""
    if ordered < weekly:
        return
    again = week_of(today) + timedelta(weeks=1)
    raise Refused(
        "menu.full",
        gettext_noop("All %(weekly)s orders of this week are taken. Order again from %(day)s on."),
        weekly=weekly,
        day=month_day(again, today),
    )


def order_text(title: str, notes: str, schedule: str) -> str:
    """What an order asks for: what is served, and what was written beside it, else when it is."""
    return f"{title}：{notes.strip() or schedule}"
