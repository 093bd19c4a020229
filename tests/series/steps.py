"""Short ways to series, for tests that begin in the middle."""

from datetime import date, datetime, time
from typing import Any

from baodao.kernel import clock
from baodao.offers.models import Offer
from baodao.series.commands.series import edit_series, publish_series
from baodao.series.models import ActivitySeries
from baodao.series.rules.series import SeriesFacts, on_day
from tests.offers import steps as offered
from tests.world import World

MONDAY = datetime(2027, 3, 1, 9, tzinfo=clock.ZONE)
SATURDAY = date(2027, 3, 6)


def facts(**told: Any) -> SeriesFacts:
    """Every Saturday of March and April 2027, from nine to eleven."""
    base: dict[str, Any] = {
        "rhythm": "week", "until_on": date(2027, 4, 30), "on": SATURDAY,
        "begins": time(9), "ends": time(11),
    }  # fmt: skip
    own = base | {name: told.pop(name) for name in base.keys() & told.keys()}
    words = offered.facts(title="固定服务日", **told)
    return SeriesFacts(on_day(words, own["on"], own["begins"], own["ends"]), **own)


def published(world: World, **told: Any) -> ActivitySeries:
    """By An in her community."""
    return publish_series(world.actor("an"), community_id=world.willow.pk, facts=facts(**told))


def edited(world: World, series: ActivitySeries, **told: Any) -> ActivitySeries:
    return edit_series(world.actor("an"), series_id=series.pk, facts=facts(**told))


def activities(series: ActivitySeries) -> list[Offer]:
    """The activities of its dates, the soonest first."""
    return list(Offer.objects.filter(date__series=series).order_by("date__on"))


def days(series: ActivitySeries) -> list[str]:
    """The days of its dates, marked where there is no activity."""
    rows = series.dates.order_by("on")
    return [
        f"{row.on:%m-%d}{'' if row.offer_id else '?' if not row.off_at else '-'}" for row in rows
    ]
