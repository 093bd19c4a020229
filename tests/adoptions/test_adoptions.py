"""Adopting: who, from when, beside and below another, behind which switch; ending and taking
back."""

from datetime import timedelta

import pytest

from baodao.adoptions.commands.adoptions import end_adoption, withdraw_adoption
from baodao.adoptions.models import Adoption, PolicyResult
from baodao.adoptions.queries.adoptions import adopted_at, adoptions, in_force
from baodao.adoptions.queries.results import own_results
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Membership
from baodao.policies.rules.presets import preset_text
from tests.adoptions.steps import FIRST, LAST, SUMMER, TWO, adopted, night, on, stands
from tests.ledger.steps import hosted
from tests.orgs.test_reorganisations import done, undone
from tests.world import World

DAY = timedelta(days=1)


def test_who_adopts_and_who_knows_of_it(world: World) -> None:
    with on(SUMMER):
        row = adopted(world)
        for name in ("an", "dai", "gu", "shen"):
            with pytest.raises(Absent):
                adopted(world, who=name, where="willow" if name == "an" else "bureau")
        sees = {"deng": 1, "an": 1, "fan": 1, "gu": 0}
        assert {name: adoptions(world.actor(name)).count() for name in sees} == sees
        assert list(in_force(adopted_at(world.first))) == [row]
        assert not adopted_at(world.lake).exists()
    told = Notice.objects.filter(kind="policy-adopted").values_list("organisation__name", flat=True)
    assert {"区城建局机关党委", "柳荫社区"} <= set(told)


def test_what_is_recorded_nowhere_is_not_adopted(world: World) -> None:
    with on(SUMMER), pytest.raises(Refused) as refused:
        adopted(world, (TWO % 2).replace("count: service", "count: contact"))
    assert refused.value.code == "adoption.unrecorded"
    assert not Adoption.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (FIRST, None, ""),
        (LAST + DAY, None, ""),
        (FIRST, LAST, ""),
        (FIRST - DAY, None, "adoption.past"),
        (SUMMER, None, "adoption.first-day"),
        (FIRST, SUMMER, "adoption.last-day"),
        (FIRST, FIRST, "adoption.last-day-past"),
    ],
)
def test_it_begins_and_ends_with_a_period_that_is_not_over(
    world: World, first: object, last: object, code: str
) -> None:
    with on(SUMMER):
        if not code:
            assert adopted(world, from_on=first, until_on=last).pk
            return
        with pytest.raises(Refused) as refused:
            adopted(world, from_on=first, until_on=last)
    assert refused.value.code == code


def test_a_lower_one_may_be_stricter_where_the_upper_allows(world: World) -> None:
    with on(SUMMER):
        first = adopted(world)
        with pytest.raises(Refused, match=r"adoption\.above"):
            adopted(world, TWO % 3, "deng", "bureau")
        withdraw_adoption(world.actor("fan"), adoption_id=first.pk, reason="改为允许更严")
        upper = adopted(world, may_be_stricter=True, code="B")
        with pytest.raises(Refused, match=r"adoption\.weaker") as refused:
            adopted(world, TWO % 1, "deng", "bureau")
        assert "志愿服务 不少于 2 次" in str(refused.value.facts["bounds"])
        row = adopted(world, TWO % 3, "deng", "bureau")
        assert (row.beside, row.strictness) == (upper, "as-strict")
        with pytest.raises(Refused, match=r"adoption\.unclear"):
            adopted(world, preset_text("r2") or "", "deng", "bureau", code="R2")
        unclear = adopted(
            world, preset_text("r2") or "", "deng", "bureau", code="R2", is_stricter=True
        )
        assert unclear.strictness == "undecided"


@pytest.mark.parametrize(("preset", "switch"), [("r15", "stars"), ("r6", "points")])
def test_points_and_stars_are_absent_until_their_switch_is_on(
    world: World, preset: str, switch: str
) -> None:
    with on(SUMMER):
        hosted(world)
        with pytest.raises(Refused, match=r"adoption\.switch"):
            adopted(world, preset_text(preset) or "")
        world.turned_on(switch, days=10)
        row = adopted(world, preset_text(preset) or "", code="again")
    night(SUMMER)
    chen = world.actor("chen")
    with on(SUMMER + DAY):
        assert own_results(chen).count() == 1
    night(SUMMER + 20 * DAY)
    with on(SUMMER + 21 * DAY):
        assert not own_results(chen).exists()
    assert stands(row).day == SUMMER


def test_it_is_withdrawn_before_it_holds_and_the_one_before_goes_on(world: World) -> None:
    with on(SUMMER):
        first = adopted(world, code="A")
    with on(SUMMER + DAY):
        fan = world.actor("fan")
        with pytest.raises(Refused, match=r"adoption\.begun"):
            withdraw_adoption(fan, adoption_id=first.pk, reason="改")
        with pytest.raises(Refused, match=r"adoption\.running"):
            adopted(world, TWO % 1, code="A")
        later = adopted(world, TWO % 1, code="A", from_on=LAST + DAY)
        first.refresh_from_db()
        assert (first.until_on, first.replaced_by) == (LAST, later)
        with pytest.raises(Absent):
            withdraw_adoption(world.actor("deng"), adoption_id=later.pk, reason="改")
        withdraw_adoption(fan, adoption_id=later.pk, reason="改到后年")
        first.refresh_from_db()
        assert (first.until_on, first.replaced_by) == (None, None)


def test_one_that_had_an_end_has_it_again_when_who_took_its_place_is_withdrawn(
    world: World,
) -> None:
    with on(SUMMER):
        last = LAST.replace(year=LAST.year + 1)
        first = adopted(world, code="A", until_on=last)
        later = adopted(world, TWO % 1, code="A", from_on=LAST + DAY)
        withdraw_adoption(world.actor("fan"), adoption_id=later.pk, reason="改到后年")
        first.refresh_from_db()
        assert (first.until_on, first.replaced_by) == (last, None)


def test_it_ends_with_a_period_and_what_was_said_stays(world: World) -> None:
    with on(SUMMER):
        row = adopted(world)
        end_adoption(world.actor("fan"), adoption_id=row.pk, until_on=LAST, reason="换新办法")
    night(LAST)
    night(LAST + 2 * DAY)
    rows = PolicyResult.objects.filter(adoption=row, until=None)
    assert {one.period_from for one in rows} == {FIRST}
    with on(LAST + DAY):
        assert not in_force(Adoption.objects.all()).exists()


def test_what_a_unit_adopted_is_over_with_the_unit(world: World) -> None:
    with on(SUMMER):
        own = adopted(world, TWO % 3, "deng", "bureau")
        later = adopted(world, TWO % 4, "deng", "bureau", code="B", from_on=LAST + DAY)
        Membership.objects.filter(branch__path__startswith=world.bureau.path).update(
            closed_at=clock.now(), to_on=SUMMER
        )
        act = done(world, world.bureau, Aim(Reform.DISSOLVED))
        own.refresh_from_db()
        later.refresh_from_db()
        assert own.until_on == clock.today()
        assert later.withdrawn_at is not None
        undone(world, act)
        own.refresh_from_db()
        later.refresh_from_db()
        assert (own.until_on, later.withdrawn_at) == (None, None)
