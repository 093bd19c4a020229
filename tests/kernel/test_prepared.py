"""A query built once asks, with every run, for the values of that run, and reads rows as Django
does; one that would ask for something else for ever is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from baodao.accounts.models import Grant
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.scope import own, within
from baodao.orgs.models import Organisation
from baodao.people.models import Membership, Person
from tests.world import World

Build = Callable[..., "QuerySet[Any, Any]"]
READ = Permission.PERSON_READ


def places() -> "QuerySet[Organisation]":
    return Organisation.objects.order_by("pk")


def members() -> "QuerySet[Membership]":
    return Membership.objects.select_related("person", "branch__parent").order_by("pk")


def of_actor(actor: Actor, place: Organisation) -> "QuerySet[Membership]":
    rows = members().filter(branch__path__startswith=place.path)
    return within(rows, actor, READ, "branch__path") | own(rows, actor)


def both(world: World) -> list[tuple[Build, list[tuple[object, ...]]]]:
    """Queries of every sort of row and value, each with values of several runs."""
    chen, hao = world.people["chen"], world.people["hao"]
    today, now = clock.today(), clock.now()
    grants = Grant.objects.order_by("pk")
    return [
        (lambda pk: Person.objects.filter(pk=pk), [(chen.pk,), (hao.pk,), (uuid4(),)]),
        (lambda one: members().filter(person=one), [(chen,), (hao,)]),
        (lambda path: members().filter(branch__path__startswith=path).values_list("person", "pk"),
         [(world.bureau.path,), (world.city.path,), ("9%_\\.",)]),
        (lambda at: places().filter(path__startswith=at.path).values("kind").order_by("kind")
         .annotate(count=Count("pk")),
         [(world.east,), (world.west,), (world.city,)]),
        (lambda name: places().filter(name=name), [("柳荫社区",), ("柳荫%",), ("第_网格",)]),
        (lambda paths: places().filter(path__in=paths).values_list("pk", flat=True),
         [((world.east.path,),), ((world.west.path, world.bureau.path),), ((),)]),
        (lambda at, on: grants.filter(Q(granted_at__lte=at) & ~Q(until_on=on)),
         [(now, today), (now - timedelta(days=9), today), (now, date(2030, 1, 1))]),
        (lambda key, pk: places().filter(Q(parent=key) | Q(pk=pk)),
         [(world.east.pk, world.west.pk), (None, world.west.pk), (world.willow.pk, 0)]),
        (of_actor, [(world.actor(name), place) for name in ("deng", "dai", "an", "fan", "chen",
         "gu", "su") for place in (world.bureau, world.first, world.second)]),
        (lambda: grants.filter(granted_at__lte=clock.now()).exclude(until_on=clock.today()), [()]),
        (lambda one: places().none(), [(world.city,)]),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(11))
def test_every_run_gives_what_the_query_itself_gives(world: World, number: int) -> None:
    build, runs = both(world)[number]
    prepared = Prepared(build)
    for values in [*runs, *runs]:
        assert prepared.rows(*values) == list(build(*values)), values
        assert prepared.count(*values) == build(*values).count(), values


def test_now_is_the_instant_of_the_run(world: World) -> None:
    grants = Prepared(lambda: Grant.objects.filter(granted_at__lte=clock.now()))
    assert grants.rows()
    with clock.at(clock.now() - timedelta(days=9_000)):
        assert not grants.rows()


def test_whoever_reaches_everything_reaches_it_prepared(world: World) -> None:
    prepared = Prepared(of_actor)
    [grant] = world.actor("deng").grants
    everything = Actor(None, None, "全局", (replace(grant, path=""),))
    for actor in (world.actor("deng"), everything, world.actor("dai")):
        assert prepared.rows(actor, world.office) == list(of_actor(actor, world.office))


def test_rows_come_whole_with_what_is_joined(world: World) -> None:
    [chen] = Prepared(lambda one: members().filter(person=one)).rows(world.people["chen"])
    with CaptureQueriesContext(connection) as asked:
        assert (chen.person.name, chen.branch.parent) == ("陈晓宇", world.bureau)
    assert not asked.captured_queries


def test_the_sql_of_a_shape_is_written_once(world: World) -> None:
    built: list[object] = []

    def build(key: int | None) -> "QuerySet[Organisation]":
        built.append(key)
        return places().filter(parent=key)

    prepared = Prepared(build)
    for key in (world.east.pk, world.west.pk, None, None, world.city.pk):
        assert prepared.rows(key) == list(places().filter(parent=key))
    assert len(built) == 2


def asking_the_database(key: int) -> "QuerySet[Organisation]":
    return places().filter(pk=key, parent=places()[0])


REFUSED: list[tuple[Build, object, str]] = [
    (lambda _: Person.objects.all(), uuid4(), "does not ask for"),
    (
        lambda _: Grant.objects.filter(granted_at__lte=clock.midnight(clock.today())),
        None,
        "neither",
    ),
    (lambda _: Grant.objects.filter(until_on=date(2026, 1, 1)), None, "neither"),
    (lambda yes: Person.objects.filter(pk=yes), True, "no query is prepared"),
    (asking_the_database, 7, "without asking the database"),
]


@pytest.mark.parametrize(("build", "value", "words"), REFUSED)
def test_what_would_ask_for_something_else_is_refused(
    world: World, build: Build, value: object, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        Prepared(build).rows(value)


def test_of_an_actor_it_asks_only_what_they_reach(world: World) -> None:
    def build(actor: Actor) -> "QuerySet[Person]":
        return Person.objects.all() if actor.may(READ, "") else Person.objects.none()

    with pytest.raises(ValueError, match="only what they reach"):
        Prepared(build).rows(world.actor("deng"))


def test_of_a_row_it_asks_only_id_path_and_kind(world: World) -> None:
    prepared = Prepared(lambda place: places().filter(name=place.name))
    with pytest.raises(ValueError, match="without asking the database"):
        prepared.rows(world.city)
