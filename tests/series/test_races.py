"""Members claim all dates while the community ends or changes the series, each with a connection
of their own."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db import transaction

from baodao.agenda.commands.series import claim_series
from baodao.claims.models import Claim
from baodao.claims.rules.lives import CLAIM
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Refused
from baodao.offers.commands import offers as commands
from baodao.series.commands.dates import decide_date, extend_series
from baodao.series.commands.series import end_series
from baodao.series.models import ActivitySeries, SeriesDate
from tests.concurrency import Meeting, at_once
from tests.offers import steps as offered
from tests.series import steps
from tests.world import World


def soon(world: World, weeks: int = 4) -> ActivitySeries:
    """Every week from the one after next."""
    on = clock.today() + timedelta(days=10)
    return steps.published(world, on=on, until_on=on + timedelta(weeks=weeks))


def test_no_claim_outlives_a_series_that_ends_while_all_is_claimed(committed_world: World) -> None:
    members, series = offered.registered(committed_world, 3), soon(committed_world)
    acts: list[Callable[[], object]] = [
        partial(claim_series, actor, series_id=series.pk) for actor in members
    ]
    an = committed_world.actor("an")
    end = partial(end_series, an, series_id=series.pk, reason="人手不够")
    answers = at_once(*acts, end)
    assert not isinstance(answers[-1], Exception), answers
    assert {offer.state for offer in steps.activities(series)} == {"cancelled"}
    assert not Claim.objects.filter(state__in=CLAIM.live).exists()


def test_members_claim_all_while_the_series_changes_and_each_has_one_claim_a_date(
    committed_world: World,
) -> None:
    members, series = offered.registered(committed_world, 3), soon(committed_world)
    on = {"on": series.first_on, "until_on": series.until_on}
    change = partial(steps.edited, committed_world, series, place="7号楼前", **on)
    claims = [partial(claim_series, actor, series_id=series.pk) for actor in members]
    answers = at_once(*claims, change)
    assert [one for one in answers if isinstance(one, Exception)] == []
    dates = steps.activities(series)
    assert {offer.place for offer in dates} == {"7号楼前"}
    assert Claim.objects.filter(state="active").count() == 3 * len(dates)


def test_a_date_that_vanishes_while_all_is_claimed_is_named_beside_the_others(
    committed_world: World,
) -> None:
    [member], series = offered.registered(committed_world, 1), soon(committed_world)
    offers, an = steps.activities(series), committed_world.actor("an")
    last = Meeting(2)

    def cancel() -> object:
        with transaction.atomic():
            commands.cancel(an, offer_id=offers[-1].pk, reason="场地检修")
            last.wait()
            return last.wait()

    def claim() -> object:
        last.wait()
        return claim_series(member, series_id=series.pk)

    batch = at_once(claim, cancel)[0]
    assert isinstance(batch, Batch), batch
    assert len(batch.done) == len(offers) - 1
    assert [no.code for _day, no in batch.refused] == ["series.gone"]


def test_no_date_is_offered_in_a_series_that_ends_while_it_is_decided(
    committed_world: World,
) -> None:
    series, an = soon(committed_world), committed_world.actor("an")
    row = SeriesDate.objects.create(series=series, on=series.first_on + timedelta(days=1))
    met = Meeting(2)

    def end() -> object:
        with transaction.atomic():
            end_series(an, series_id=series.pk, reason="人手不够")
            met.wait()
            return met.wait()

    def decide() -> object:
        met.wait()
        return decide_date(an, date_id=row.pk, takes_place=True)

    answer = at_once(decide, end)[0]
    assert isinstance(answer, Refused), answer
    assert answer.code == "series.ended"
    row.refresh_from_db()
    assert row.offer is None


def test_two_workers_make_each_date_once(committed_world: World) -> None:
    with clock.at(clock.now() - timedelta(days=40)):
        series = soon(committed_world, weeks=30)
        first = len(steps.days(series))
    run = partial(extend_series, SYSTEM, series_id=series.pk)
    assert [one for one in at_once(run, run) if isinstance(one, Exception)] == []
    assert len(set(steps.days(series))) == len(steps.days(series)) > first
