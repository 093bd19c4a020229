"""Of which days services are recorded: plausible ones, and those of long ago only when meant."""

from datetime import date

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.ledger.commands.corrections import correct
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.days import DayBounds, years_before
from baodao.ledger.rules.policies import YEARS_BACK
from baodao.orgs.commands.policies import set_policy
from baodao.people.models import Person
from baodao.people.rules.periods import Belonging, Stay
from tests.ledger.steps import entry, recorded
from tests.world import World

BOUNDS = DayBounds(date(2026, 11, 28), 3)
MEMBER = Belonging(date(1998, 5, 1), [])


@pytest.mark.parametrize(
    ("on", "long_ago", "code"),
    [
        (date(2026, 11, 28), False, None),
        (date(2025, 11, 28), False, None),
        (date(2025, 11, 27), False, "record.long-ago"),
        (date(2025, 11, 27), True, None),
        (date(2023, 11, 28), True, None),
        (date(2023, 11, 27), True, "record.too-old"),
        (date(26, 7, 4), True, "record.too-old"),
        (date(1, 1, 1), True, "record.too-old"),
    ],
)
def test_how_far_back_a_service_may_lie(on: date, long_ago: bool, code: str | None) -> None:
    if code is None:
        BOUNDS.check(on, MEMBER, long_ago=long_ago)
        return
    with pytest.raises(Refused, match=f"^{code}:"):
        BOUNDS.check(on, MEMBER, long_ago=long_ago)


def test_nobody_served_before_they_could() -> None:
    with pytest.raises(Refused, match=r"^record\.too-early:"):
        BOUNDS.check(date(2026, 6, 30), Belonging(date(2026, 7, 1), []), long_ago=False)


@pytest.mark.parametrize(
    ("periods", "left_on"),
    [
        ([], None),
        ([(date(2020, 1, 1), None)], None),
        ([(date(2020, 1, 1), date(2026, 6, 30))], date(2026, 6, 30)),
        ([(date(2020, 1, 1), date(2026, 6, 30)), (date(2026, 9, 1), None)], None),
    ],
)
def test_who_left_and_did_not_come_back_has_a_last_day(
    periods: list[tuple[date, date | None]], left_on: date | None
) -> None:
    stays = [Stay(1, since, until, clock.now()) for since, until in periods]
    assert Belonging(date(1998, 5, 1), stays).left_on == left_on


def test_a_year_before_a_leap_day_is_the_day_before() -> None:
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)


def codes(world: World, **facts: object) -> list[str]:
    batch = recorded(world, entry(world.people["chen"].pk, **facts))
    return [no.code for _, no in batch.refused]


def test_no_record_of_the_year_26_comes_into_the_chain(world: World) -> None:
    for on in (date(26, 7, 4), date(1, 1, 1), date(9999, 12, 31)):
        assert codes(world, served_on=on, long_ago=True) in (["record.too-old"], ["record.future"])
    assert not ServiceRecord.objects.exists()


def test_a_member_who_joined_later_did_not_serve_before(world: World) -> None:
    Person.objects.filter(pk=world.people["chen"].pk).update(joined_on=date(2026, 7, 5))
    assert codes(world) == ["record.too-early"]
    assert codes(world, served_on=date(2026, 7, 5)) == []


def test_a_correction_may_leave_the_day_as_it_was_however_old(world: World) -> None:
    old = date(2025, 1, 5)
    assert codes(world, served_on=old) == ["record.long-ago"]
    chen = world.people["chen"].pk
    [made] = recorded(world, entry(chen, served_on=old, long_ago=True)).done
    for on, code in ((date(2025, 1, 6), "record.long-ago"), (old, None)):
        right = {"entry": entry(chen, served_on=on, minutes=45), "reason": "记错时长"}
        act = {"community_id": made.community_id, "record_id": made.id} | right
        if code:
            with pytest.raises(Refused, match=f"^{code}:"):
                correct(world.actor("an"), **act)
        else:
            assert correct(world.actor("an"), **act).minutes == 45


def test_an_authority_says_how_far_back(world: World) -> None:
    on = date(2025, 1, 5)
    set_policy(world.actor("sun"), organisation_id=world.city.pk, policy=YEARS_BACK, value=1)
    assert codes(world, served_on=on, long_ago=True) == ["record.too-old"]


def test_no_day_has_more_than_24_hours_wherever_they_were_served(world: World) -> None:
    chen = world.people["chen"].pk
    recorded(world, entry(chen, minutes=16 * 60), where="bridge")
    assert codes(world, minutes=9 * 60, category="culture") == ["record.day-full"]
    assert codes(world, minutes=25 * 60) == ["record.minutes"]
    assert codes(world, minutes=8 * 60, category="culture") == []
