"""Into the ledger by one door: checked against the person's other records, chained."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from baodao.kernel.copy_lines import line_of
from baodao.ledger.commands.corrections import reverse
from baodao.ledger.commands.records import values_of
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.ledger.rules.chain import COLUMNS, ROOT, link
from baodao.ledger.rules.records import Entry
from tests.concurrency import at_once
from tests.ledger.steps import DAY, at, entry, recorded
from tests.world import World

NEXT = DAY + timedelta(days=1)
CHAIN = "SELECT {} FROM ledger_servicerecord WHERE community_id = {} ORDER BY seq"


def chen(world: World) -> UUID:
    return world.people["chen"].pk


def streamed(community_id: int) -> list[bytes]:
    """The lines of a chain as the database writes them."""
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    query = CHAIN.format(columns, community_id)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone TO 'UTC'")
        with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            return b"".join(bytes(piece) for piece in copy).splitlines()


def test_a_record_keeps_who_where_when_and_how_it_came_in(world: World) -> None:
    [record] = recorded(world, entry(chen(world), began_at=at(9), place="3号楼")).done
    held = ServiceRecord.objects.get()
    assert (held.person_id, held.community, held.minutes) == (chen(world), world.willow, 60)
    assert held.branch == world.first
    assert (held.origin, held.confirmed_by, held.recorded_by) == ("list", "安静", "安静")
    assert held.ended_at == at(10)
    assert held.id == record.id


def test_each_row_hangs_on_the_one_before_and_the_head_on_the_last(world: World) -> None:
    people = [chen(world), world.people["hao"].pk]
    recorded(world, *(entry(person) for person in people))
    recorded(world, entry(chen(world), category="culture"))
    before = ROOT
    for record, line in zip(
        ServiceRecord.objects.order_by("seq"), streamed(world.willow.pk), strict=True
    ):
        assert line == line_of(values_of(record))
        before = link(before, line)
        assert bytes(record.hash) == before
    assert bytes(ChainHead.objects.get().hash) == before
    assert [record.seq for record in ServiceRecord.objects.order_by("seq")] == [1, 2, 3]


@pytest.mark.parametrize(
    "text", ["反斜杠\\", "制表\t符", "换\n行\r", "\\N", "𠮷野家", "é'\"$1", "\x0b\x08\x0c"]
)
def test_what_is_hashed_is_what_the_database_writes(world: World, text: str) -> None:
    recorded(world, entry(chen(world), place=text, result=text, began_at=at(9, 30)))
    [record] = ServiceRecord.objects.all()
    assert streamed(world.willow.pk) == [line_of(values_of(record))]


def test_two_communities_have_two_chains(world: World) -> None:
    recorded(world, entry(chen(world)))
    recorded(world, entry(chen(world), category="culture"), where="bridge")
    assert sorted(ChainHead.objects.values_list("community__name", "seq")) == [
        ("柳荫社区", 1),
        ("石桥社区", 1),
    ]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"began_at": at(9, 30)}, "record.overlap"),
        ({"began_at": at(8, 1)}, "record.overlap"),
        ({"began_at": at(10)}, None),
        ({"began_at": at(8)}, None),
        ({"began_at": None}, None),
        ({"minutes": 0}, "record.minutes"),
        ({"minutes": 24 * 60}, "record.day-full"),
        ({"category": "fishing"}, "record.unknown-word"),
        ({"way": "walk"}, "record.unknown-word"),
        ({"began_at": at(9), "served_on": at(9).date().replace(day=5)}, "record.hour"),
        ({"served_on": at(9).date().replace(year=2099)}, "record.future"),
        ({"place": "楼" * 201}, "record.too-long"),
    ],
)
def test_a_second_record_is_taken_or_refused_by_name(
    world: World, second: dict[str, object], code: str | None
) -> None:
    recorded(world, entry(chen(world), began_at=at(9)))
    batch = recorded(world, entry(chen(world), **second), where="bridge")
    assert [(name, no.code) for name, no in batch.refused] == ([("陈晓宇", code)] if code else [])
    assert len(batch.done) == (0 if code else 1)


@pytest.mark.parametrize(
    ("began_at", "code"), [(at(0, 30, NEXT), "record.overlap"), (at(1, 0, NEXT), None)]
)
def test_a_service_past_midnight_stands_in_the_way_of_the_next_day(
    world: World, began_at: datetime, code: str | None
) -> None:
    late = entry(chen(world), began_at=at(23), minutes=120)
    early = entry(chen(world), served_on=NEXT, began_at=began_at)
    for pair in ((late, early), (early, late)):
        batch = recorded(world, *pair)
        assert [no.code for _, no in batch.refused] == ([code] if code else [])
        for record in batch.done:
            reverse(
                world.actor("an"),
                community_id=world.willow.pk,
                record_id=record.id,
                reason="登记有误",
            )


def test_without_hours_the_same_service_twice_is_refused_and_another_is_taken(
    world: World,
) -> None:
    recorded(world, entry(chen(world)))
    assert recorded(world, entry(chen(world))).refused[0][1].code == "record.same"
    assert recorded(world, entry(chen(world), minutes=30)).done
    assert recorded(world, entry(chen(world), category="culture")).done


def test_one_bad_entry_does_not_keep_the_others_out(world: World) -> None:
    bad = entry(world.people["hao"].pk, minutes=0)
    batch = recorded(world, entry(chen(world)), bad)
    assert (len(batch.done), batch.refused[0][0]) == (1, "郝一鸣")


@contextmanager
def refused_by_the_database() -> Iterator[None]:
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        yield


def test_the_application_may_neither_change_nor_take_away_a_record(world: World) -> None:
    recorded(world, entry(chen(world)))
    with refused_by_the_database():
        ServiceRecord.objects.update(minutes=600)
    with refused_by_the_database():
        ServiceRecord.objects.all().delete()
    assert ServiceRecord.objects.get().minutes == 60


def outcomes(world: World, record: Callable[[Entry], object], count: int) -> list[object]:
    act = entry(chen(world), began_at=at(9))
    return at_once(*[lambda: record(act)] * count)


def test_of_many_at_once_one_is_recorded(committed_world: World) -> None:
    batches = outcomes(committed_world, lambda one: recorded(committed_world, one), 8)
    assert sorted(len(batch.done) for batch in batches) == [0] * 7 + [1]  # type: ignore[attr-defined]
    assert ChainHead.objects.get().seq == 1


def test_across_communities_at_once_one_is_recorded(committed_world: World) -> None:
    places = ["willow", "bridge"] * 4
    act = entry(chen(committed_world), began_at=at(9))
    batches = at_once(
        *[lambda place=place: recorded(committed_world, act, where=place) for place in places]
    )
    assert sorted(len(batch.done) for batch in batches) == [0] * 7 + [1]  # type: ignore[union-attr]
    assert ServiceRecord.objects.count() == 1
