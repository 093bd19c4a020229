"""Several people at once at one record: one right outcome, no half object.

Each kind has a negative control: the same body with an act that does not lock, where the harm is
seen.
"""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from baodao.kernel.authz import Actor
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands import corrections, records
from baodao.ledger.models import ServiceRecord
from tests.concurrency import Meeting
from tests.ledger.steps import at, colleague, entry, hosted, outcomes, record, recorded
from tests.world import World


@pytest.fixture
def here(committed_world: World) -> World:
    """Chen has been received by An's community."""
    hosted(committed_world)
    return committed_world


def test_without_the_persons_lock_both_would_be_recorded(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one community the exclusion constraint is left to object, across two nothing is."""
    meeting, near = Meeting(2), records.neighbours_of
    monkeypatch.setattr(records, "lock_persons", lambda _: [])

    def seen_together(*asked: object) -> object:
        found = near(*asked)  # type: ignore[arg-type]
        meeting.wait()
        return found

    monkeypatch.setattr(records, "neighbours_of", seen_together)
    chen = here.people["chen"].pk
    outcomes(
        [
            lambda: recorded(here, entry(chen, began_at=at(9))),
            lambda: recorded(here, entry(chen, began_at=at(9, 30)), where="bridge"),
        ]
    )
    assert ServiceRecord.objects.count() == 2


def reversing(world: World, made: ServiceRecord, actor: Actor) -> Callable[[], object]:
    return lambda: corrections.reverse(
        actor, community_id=made.community_id, record_id=made.id, reason="重复"
    )


def test_a_record_is_reversed_once_whoever_clicks_at_once(committed_world: World) -> None:
    made = record(committed_world)
    workers = [committed_world.actor("an"), colleague(committed_world)] * 3
    told = outcomes([reversing(committed_world, made, actor) for actor in workers])
    assert told == ["done"] + ["record.reversed"] * 5
    assert ServiceRecord.objects.filter(reverses=made.id).count() == 1
    assert JournalEntry.objects.filter(about=made.id, verb="record.reversed").count() == 1


def test_without_the_persons_lock_only_the_table_is_left_to_object(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = record(committed_world)
    meeting, find = Meeting(2), corrections.reversal_of

    def seen_together(held: ServiceRecord) -> ServiceRecord | None:
        found = find(held)
        meeting.wait()
        return found

    monkeypatch.setattr(corrections, "lock_persons", lambda _: [])
    monkeypatch.setattr(corrections, "reversal_of", seen_together)
    workers = [committed_world.actor("an"), colleague(committed_world)]
    with pytest.raises(IntegrityError, match="service_record_reversed_once"):
        outcomes([reversing(committed_world, made, actor) for actor in workers])


def test_reversing_and_correcting_at_once_leave_one_of_the_two(committed_world: World) -> None:
    made = record(committed_world)
    an, ai = committed_world.actor("an"), colleague(committed_world)
    told = outcomes(
        [
            reversing(committed_world, made, an),
            lambda: corrections.correct(
                ai,
                community_id=made.community_id,
                record_id=made.id,
                entry=entry(made.person_id, minutes=90),
                reason="时长",
            ),
        ]
    )
    assert told == ["done", "record.reversed"]
    assert ServiceRecord.objects.filter(reverses=made.id).count() == 1
