"""The tallies hold every record of a chain once, whatever becomes of the worker."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from baodao.figures.commands.tallies import tally_records
from baodao.figures.models import KindMonth, MonthTally, PersonMonth, TallyHead
from baodao.figures.queries.sources.tallies import behind, names_of
from baodao.figures.rules.parts import PARTS
from baodao.kernel.authz import NOBODY
from baodao.ledger.models import ServiceRecord
from tests.figures.histories import begin
from tests.figures.services import serve, tally_all, undo
from tests.world import World


def test_a_killed_worker_neither_loses_nor_doubles_a_record(world: World) -> None:
    history = begin(world, 8, people=20)
    history.tell(40, {serve: 4, undo: 1})
    (community, *_) = behind()
    before = _tallied()
    for last in range(1, 8):
        with pytest.raises(ConnectionResetError), connection.execute_wrapper(_Killed(last)):
            tally_records(NOBODY, community_id=community)
        assert _tallied() == before
    for _ in range(2):
        tally_all()
        assert tally_records(NOBODY, community_id=community) == 0
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
