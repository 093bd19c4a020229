"""The periods of a need's states: kept by every command."""

from datetime import datetime, timedelta

from django.utils import translation

from baodao.kernel import clock
from baodao.needs.commands.needs import close_need, merge, reopen, screen
from baodao.needs.commands.requests import collect
from baodao.needs.models import Need, NeedStage
from baodao.needs.rules.life import NeedState
from baodao.needs.rules.requests import NeedFacts
from baodao.offers.commands.answers import match_offer, release_needs
from tests.offers.answers import offer
from tests.world import World

START = datetime(2026, 3, 2, 9, tzinfo=clock.ZONE)
Told = list[tuple[str, int, int | None]]


def _at(hours: int) -> clock.at:
    return clock.at(START + timedelta(hours=hours))


def _asked(world: World, hours: int) -> Need:
    with _at(hours):
        facts = NeedFacts("老人需要修水管", "relief")
        return collect(world.actor("an"), community_id=world.willow.pk, facts=facts)


def _told(need: Need) -> Told:
    """States with the hours after the start at which they began and ended."""

    def hours(instant: datetime) -> int:
        return round((instant - START) / timedelta(hours=1))

    rows = NeedStage.objects.filter(subject=need).order_by("since", "until")
    return [(row.state, hours(row.since), hours(row.until) if row.until else None) for row in rows]


def test_each_act_on_a_need_ends_one_period_and_begins_the_next(world: World) -> None:
    an, held, need = world.actor("an"), offer(world), _asked(world, 0)
    with _at(1):
        screen(an, need_id=need.pk, category="relief", urgency="soon")
    with _at(2):
        match_offer(an, need_id=need.pk, offer_id=held.pk)
    with _at(3):
        release_needs(an, offer=held)
    with _at(4):
        match_offer(an, need_id=need.pk, offer_id=held.pk)
    with _at(5):
        close_need(an, need_id=need.pk, met=True)
    with _at(6):
        reopen(an, need_id=need.pk)
    assert _told(need) == [
        ("collected", 0, 1),
        ("screened", 1, 2),
        ("open", 2, 3),
        ("screened", 3, 4),
        ("open", 4, 5),
        ("met", 5, 6),
        ("screened", 6, None),
    ]


def test_a_merged_need_has_left_its_state_by_then(world: World) -> None:
    need, other = _asked(world, 0), _asked(world, 1)
    with _at(2):
        merge(world.actor("an"), need_id=need.pk, into_id=other.pk)
    assert _told(need) == [("collected", 0, 2), ("merged", 2, None)]
    assert _told(other) == [("collected", 1, None)]


def test_a_row_tells_the_words_of_its_code_in_the_readers_language() -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for state in NeedState:
                assert Need(state=state).get_state_display() == translation.gettext(state.words)
    assert Need(state="dreamt").get_state_display() == "dreamt"
    assert Need(state=None).get_state_display() is None
