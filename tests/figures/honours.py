"""A past of honours of units and communities, and a slow count of their figures."""

from datetime import timedelta

from baodao.honours.models import HonourObjection, HonourProposal, HonourRound
from baodao.kernel.moments import AsOf, Period
from tests.figures.histories import History
from tests.figures.listings import during


def honour_some(history: History) -> None:
    """Each community and the unit issue a list, some of which are withdrawn; each is objected to
    once, every other objection is upheld. It throws no dice."""
    now, later = history.now, history.now + timedelta(days=9)
    places = [history.world.bureau, *history.communities]
    for number, place in enumerate(places):
        gone = {"state": "withdrawn", "withdrawn_at": later} if number % 3 == 2 else {}
        row = HonourRound.objects.create(
            organisation=place, kind="star", period_text=f"{now:%Y-%m-%d}--{later:%Y-%m-%d}",
            as_of=now, most=1, public_on=now.date(), public_until=later.date(), year=now.year,
            number=number + 1, issued_at=now, begun_by="安静", **{"state": "final"} | gone,
        )  # fmt: skip
        proposal = HonourProposal.objects.create(
            round=row, person=history.people[number % len(history.people)], branch=place
        )
        HonourObjection.objects.create(
            proposal=proposal, account=history.world.accounts["an"], name="安静", text="有误",
            objected_at=now, due_on=later.date(), answered_at=later,
            state="dismissed" if number % 2 else "upheld",
        )  # fmt: skip


def honour_numbers(within: set[int], as_of: AsOf, period: Period) -> dict[str, int]:
    """What the rounds of the places say, row by row."""
    lists = HonourRound.objects.filter(organisation__in=within)
    objections = HonourObjection.objects.filter(proposal__round__organisation__in=within)
    return {
        "honour_lists_issued": sum(
            during(row.issued_at, as_of, period)
            and not (row.withdrawn_at and row.withdrawn_at < as_of.instant)
            for row in lists
        ),
        "honour_objections_upheld": sum(
            row.state == "upheld" and during(row.answered_at, as_of, period) for row in objections
        ),
    }
