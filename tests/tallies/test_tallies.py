"""The tallies hold every record of a chain once, whatever becomes of the worker."""

from functools import partial
from typing import Any

import pytest
from django.db import DataError, connection
from django.db.models import QuerySet, Sum

from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.models import ServiceRecord
from baodao.tallies import tasks
from baodao.tallies.commands import tally_records
from baodao.tallies.models import KindMonth, MonthTally, PersonMonth, TallyHead
from baodao.tallies.queries import behind, names_of
from baodao.tallies.rules.parts import PARTS
from tests.concurrency import Meeting, at_once
from tests.figures.histories import begin
from tests.figures.services import serve, tally_all, undo
from tests.ledger import steps as ledger
from tests.world import World


def test_a_killed_worker_neither_loses_nor_doubles_a_record(world: World) -> None:
    history = begin(world, 8, people=20)
    history.tell(40, {serve: 4, undo: 1})
    (community, *_) = behind()
    before = _tallied()
    for last in range(1, 8):
        with pytest.raises(ConnectionResetError), connection.execute_wrapper(_Killed(last)):
            tally_records(NOBODY, community_ids=[community])
        assert _tallied() == before
    for _ in range(2):
        tally_all()
        assert tally_records(NOBODY, community_ids=[community]) == 0
        rows = ServiceRecord.objects.all()
        assert MonthTally.objects.aggregate(m=Sum("minutes"))["m"] == 2 * sum(
            row.minutes for row in rows
        )
        by_kind = KindMonth.objects.values_list("organisation_id", "month").annotate(Sum("minutes"))
        whole = MonthTally.objects.values_list("organisation_id", "month").annotate(Sum("minutes"))
        assert sorted(by_kind) == sorted(whole)
        assert PersonMonth.objects.aggregate(n=Sum("standing"))["n"] == sum(
            -1 if row.reverses else 1 for row in rows
        )


def _as_recorded() -> bool:
    """Whether the tallies say of every record once what it says."""
    rows = ServiceRecord.objects.all()
    minutes = sum(row.minutes for row in rows)
    standing = sum(-1 if row.reverses else 1 for row in rows)
    return (
        MonthTally.objects.aggregate(m=Sum("minutes"))["m"] == 2 * minutes
        and KindMonth.objects.aggregate(m=Sum("minutes"))["m"] == 2 * minutes
        and PersonMonth.objects.aggregate(n=Sum("standing"))["n"] == standing
    )


def test_what_is_recorded_reversed_and_counted_at_once_is_counted_once(
    committed_world: World,
) -> None:
    world, chen = committed_world, committed_world.people["chen"]
    before = ledger.record(world, minutes=30, served_on=DAYS[0])
    workers = [world.actor("an"), ledger.colleague(world)]
    told = ledger.outcomes(
        [
            *(partial(_reverse, one, before) for one in workers),
            partial(ledger.recorded, world, ledger.entry(chen.pk, served_on=DAYS[1])),
            partial(ledger.recorded, world, ledger.entry(world.people["hao"].pk), where="bridge"),
            *(partial(tally_records, NOBODY, community_ids=[world.willow.pk]) for _ in range(3)),
        ]
    )
    assert told == ["done"] * 6 + ["record.reversed"]
    tally_all()
    assert _as_recorded()


def test_without_the_lock_of_its_place_a_chain_would_be_counted_twice(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.record(committed_world)
    TallyHead.objects.create(community_id=committed_world.willow.pk)
    meeting = Meeting(2)

    def unlocked(rows: QuerySet[TallyHead]) -> list[TallyHead]:
        heads = list(rows.all())
        meeting.wait()
        return heads

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    at_once(*[partial(tally_records, NOBODY, community_ids=[committed_world.willow.pk])] * 2)
    assert not _as_recorded()


def test_a_chain_that_fails_holds_no_other_of_its_share(world: World) -> None:
    history = begin(world, 8, people=20)
    history.tell(60, {serve: 1})
    failing, *others = behind()
    assert others
    first = ServiceRecord.objects.filter(community_id=failing).order_by("seq")[0]
    with clock.at(first.recorded_at):
        month = clock.today().replace(day=1)
    MonthTally.objects.create(
        organisation_id=failing,
        month=first.served_on.replace(day=1),
        recorded_in=month,
        first_at=first.recorded_at,
        last_at=first.recorded_at,
        **dict.fromkeys(("minutes", *names_of(PARTS)), 0),
        services=2**31 - 1,
    )
    with pytest.raises(ExceptionGroup) as raised:
        tasks.tally_records()
    assert raised.value.split(DataError)[1] is None, "an integer holds no more"
    assert behind() == [failing]
    assert set(TallyHead.objects.filter(seq__gt=0).values_list("pk", flat=True)) == set(others)


def _reverse(actor: Actor, record: ServiceRecord) -> object:
    return reverse(actor, community_id=record.community_id, record_id=record.id, reason="重复登记")


DAYS = [ledger.DAY.replace(day=day) for day in (4, 11)]
TALLIES = (MonthTally, KindMonth, PersonMonth, TallyHead)


class _Killed:
    """The connection breaks before the statement after so many."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.left -= 1
        if self.left == -1:
            raise ConnectionResetError
        return execute(sql, params, many, context)


def _tallied() -> list[list[Any]]:
    return [list(model.objects.values()) for model in TALLIES]


def test_the_tallies_have_a_column_for_every_part() -> None:
    columns = {field.name for field in MonthTally._meta.get_fields()}
    assert set(names_of(PARTS)) <= columns
