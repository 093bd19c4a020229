"""Questions handed over by several slices are asked in one trip, and each reads its own rows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import certain, together
from baodao.orgs.models import Organisation
from tests.world import World

BELOW = Prepared(lambda one: Organisation.objects.filter(parent=one).order_by("path"))
NAMES = Prepared(lambda one: Organisation.objects.filter(pk=one.pk).values_list("name", flat=True))
NONE = Prepared(lambda _: Organisation.objects.none())


def test_several_questions_are_one_statement_to_the_database(world: World) -> None:
    places = together(
        dict,
        number=BELOW.number(world.city),
        rows=BELOW.question(world.east),
        nobody=NONE.question(world.east),
        known=certain(7),
        names=together(
            lambda east, west: (*east, *west),
            east=NAMES.question(world.east),
            west=NAMES.question(world.west).then(lambda names: ["100%", *names]),
        ),
    )
    places.answer()
    with CaptureQueriesContext(connection) as asked:
        answer = places.answer()
    assert len(asked) == 1
    below = Organisation.objects.filter(parent=world.east).order_by("path")
    assert answer == {
        "number": Organisation.objects.filter(parent=world.city).count(),
        "rows": list(below),
        "nobody": [],
        "known": 7,
        "names": (world.east.name, "100%", world.west.name),
    }


def test_a_question_behind_another_is_asked_in_its_trip_and_reads_its_own_rows(
    world: World,
) -> None:
    behind = NAMES.question(world.west).after(BELOW.question(world.city))
    with CaptureQueriesContext(connection) as asked:
        assert behind.answer() == [world.west.name]
    assert len(asked) == 1


def test_what_is_certain_asks_nothing(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert together(dict, one=certain(1), none=NONE.number(world.east)).answer() == {
            "one": 1,
            "none": 0,
        }
    assert not asked.captured_queries
