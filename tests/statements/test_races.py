"""Several people at once at one statement or one record: one right outcome, no half object.

Each kind has a negative control: the same body with an act that does not lock, where the harm is
seen.
"""

from collections.abc import Callable

import pytest
from django.db import transaction

from baodao.kernel.authz import Actor
from baodao.ledger.commands import records
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.ledger.queries.neighbours import Neighbours, neighbours_of
from baodao.notices.models import Notice
from baodao.people.queries.periods import branches_on
from baodao.statements.commands.disputes import answer_dispute, dispute
from baodao.statements.commands.sheets import issue_sheet
from baodao.statements.commands.statements import (
    confirm_statements,
    entry_of,
    withdraw_statement,
)
from baodao.statements.models import Dispute, RecordCode, RecordSheet, Statement
from baodao.statements.rules.statements import STATEMENT, StatementState
from baodao.timesheets.commands import apply, upload
from tests.concurrency import Meeting, at_once
from tests.ledger.steps import at, colleague, entry, hosted, outcomes, record, recorded
from tests.statements.steps import stated
from tests.timesheets.test_imports import row, workbook
from tests.world import World


@pytest.fixture
def here(committed_world: World) -> World:
    """Chen has been received by An's community."""
    hosted(committed_world)
    return committed_world


def confirming(actor: Actor, *statements: Statement) -> Callable[[], object]:
    ids = [row.pk for row in statements]
    return lambda: confirm_statements(actor, statement_ids=ids)


def test_two_workers_confirm_a_statement_once(here: World) -> None:
    statement = stated(here)
    workers = [here.actor("an"), colleague(here)] * 3
    told = outcomes([confirming(actor, statement) for actor in workers])
    assert told == ["done"] + ["statement.confirmed"] * 5
    assert ServiceRecord.objects.count() == ChainHead.objects.get().seq == 1
    assert Notice.objects.filter(kind="statement-confirmed").count() == 1


def test_without_the_lock_two_workers_would_record_it_twice(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = stated(here)
    meeting = Meeting(2)
    monkeypatch.setattr(records, "lock_persons", lambda _: [])

    def unlocked(actor: Actor) -> None:
        with transaction.atomic():
            held = Statement.objects.select_related("community").get(pk=statement.pk)
            STATEMENT.move(held.state, StatementState.CONFIRMED)
            near = neighbours_of([held.person_id], [held.served_on])[held.person_id]
            assert not near.standing
            meeting.wait()
            told = entry_of(held)
            records.chain(actor, [_row(told, held)])

    workers = [here.actor("an"), colleague(here)]
    outcomes([lambda actor=actor: unlocked(actor) for actor in workers])
    assert ServiceRecord.objects.count() == 2


def branch_of(held: Statement) -> int:
    return branches_on([held.person_id], held.served_on)[held.person_id]


def _row(told: object, held: Statement) -> ServiceRecord:
    near = Neighbours()
    row = records._record(told, held.community, near)  # type: ignore[arg-type]
    row.branch_id, row.origin, row.confirmed_by = branch_of(held), "statement", "安静"
    return row


def test_confirming_and_withdrawing_at_once_end_in_one_of_the_two(here: World) -> None:
    statement = stated(here)
    an, chen = here.actor("an"), here.actor("chen")
    told = outcomes(
        [
            confirming(an, statement),
            lambda: withdraw_statement(chen, statement_id=statement.pk),
        ]
    )
    state = Statement.objects.get(pk=statement.pk).state
    assert told == sorted(["done", f"statement.{state}"])
    assert ServiceRecord.objects.count() == (1 if state == "confirmed" else 0)


def test_batches_that_overlap_in_opposite_order_do_not_wait_in_a_ring(here: World) -> None:
    held = [stated(here, began_at=at(hour)) for hour in range(8, 20)]
    workers = [here.actor("an"), colleague(here)]
    answers = at_once(confirming(workers[0], *held), confirming(workers[1], *held[::-1]))
    assert sorted(len(answer.done) for answer in answers) == [0, 12]  # type: ignore[attr-defined]
    assert list(ServiceRecord.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, 13)
    )


def test_a_statement_and_an_activity_s_list_do_not_record_the_same_time_twice(
    here: World,
) -> None:
    statement = stated(here, began_at=at(9))
    told = outcomes(
        [
            confirming(here.actor("an"), statement),
            lambda: recorded(here, entry(statement.person_id, began_at=at(9, 30))),
            lambda: recorded(here, entry(statement.person_id, began_at=at(9, 15)), where="bridge"),
        ]
    )
    assert told == ["done", "record.overlap", "record.overlap"]
    assert ServiceRecord.objects.count() == 1


def test_a_record_is_disputed_and_answered_once(committed_world: World) -> None:
    made = record(committed_world)
    chen = committed_world.actor("chen")
    told = outcomes(
        [lambda: dispute(chen, community_id=made.community_id, record_id=made.id, text="有误")] * 4
    )
    assert told == ["dispute.open"] * 3 + ["done"] or told == ["done"] + ["dispute.open"] * 3
    held = Dispute.objects.get()
    workers = [committed_world.actor("an"), colleague(committed_world)]
    told = outcomes(
        [
            lambda actor=actor: answer_dispute(
                actor, dispute_id=held.pk, outcome="kept", answer="属实"
            )
            for actor in workers
        ]
    )
    assert sorted(told) == ["dispute.kept", "done"]


def test_a_table_is_recorded_once_whoever_clicks_at_once(here: World) -> None:
    content = workbook(row(), row(开始时间="8:00"))
    held = upload(
        here.actor("an"), community_id=here.willow.pk, file_name="七月.xlsx", content=content
    )
    workers = [here.actor("an"), colleague(here)] * 2
    told = outcomes([lambda actor=actor: apply(actor, import_id=held.pk) for actor in workers])
    assert told == ["done"] + ["import.applied"] * 3
    assert ServiceRecord.objects.count() == 2


def test_the_same_table_uploaded_by_two_is_recorded_once(here: World) -> None:
    content = workbook(row(), row(开始时间="8:00"))
    workers = [here.actor("an"), colleague(here)]
    held = [
        upload(actor, community_id=here.willow.pk, file_name="七月.xlsx", content=content)
        for actor in workers
    ]
    outcomes(
        [
            lambda actor=actor, one=one: apply(actor, import_id=one.pk)
            for actor, one in zip(workers, held, strict=True)
        ]
    )
    assert ServiceRecord.objects.count() == ChainHead.objects.get().seq == 2


def test_sheets_issued_at_once_have_numbers_without_gap_and_one_code(here: World) -> None:
    made = record(here)
    workers = [here.actor("an"), colleague(here)] * 2
    told = outcomes(
        [
            lambda actor=actor: issue_sheet(
                actor,
                community_id=here.willow.pk,
                person_id=made.person_id,
                since=made.served_on,
                until=made.served_on,
            )
            for actor in workers
        ]
    )
    assert told == ["done"] * 4
    assert sorted(RecordSheet.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert RecordCode.objects.count() == 1
