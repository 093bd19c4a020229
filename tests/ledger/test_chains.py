"""One act on several chains: all are held at once, in the order of ids, and it has one instant."""

import ast
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.kernel import clock
from baodao.ledger.commands.records import append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.chains import lock_heads, settled_at
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.statements.commands.entries import enter
from tests.architecture.source import PACKAGE, imports, modules, slice_of
from tests.ledger.steps import ON_THE_LIST, entry, hosted
from tests.orgs.test_reorganisations import done
from tests.world import World

ONCE = {"append", "append_each", "chain", "lock_heads", "record_others", "settled_at"}
"""Calls that hold chains: a second one for other chains could wait in a ring."""

LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def head_locks(queries: CaptureQueriesContext) -> list[str]:
    """The statements that lock heads of chains."""
    texts = [query["sql"] for query in queries]
    return [text for text in texts if '"ledger_chainhead"' in text and "FOR NO KEY" in text]


def test_services_of_the_former_and_the_present_community_are_one_act(world: World) -> None:
    chen = hosted(world)
    today = clock.today()
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    with clock.at(clock.now() + timedelta(days=2)), CaptureQueriesContext(connection) as queries:
        days = (today, today + timedelta(days=1))
        entries = [entry(chen.pk, served_on=day) for day in days]
        batch = enter(world.actor("bao"), community_id=world.bridge.pk, entries=entries)
    assert batch.refused == []
    rows = ServiceRecord.objects.order_by("served_on").values_list("community", "recorded_at")
    (former, first), (present, second) = rows
    assert (former, present) == (world.willow.pk, world.bridge.pk)
    assert first == second
    assert len(head_locks(queries)) == (2 if settings.CLUSTER else 1)


@pytest.mark.parametrize("turned", [False, True])
def test_heads_are_locked_by_id_and_nothing_else_is(world: World, turned: bool) -> None:
    ids = sorted((world.willow.pk, world.bridge.pk, world.north.pk), reverse=turned)
    Organisation.objects.filter(pk=max(ids)).update(sort=0)
    with CaptureQueriesContext(connection) as queries:
        heads = lock_heads(ids)
        settled_at([world.north.pk, world.willow.pk])
    assert list(heads) == sorted(ids)
    for text in head_locks(queries):
        assert "orgs_organisation" not in text
        assert 'ORDER BY "ledger_chainhead"."community_id" ASC' in text


def test_two_at_once_in_two_communities_do_not_overlap(world: World) -> None:
    chen = world.people["chen"].pk
    entries = {world.willow: [entry(chen)], world.bridge: [entry(chen)]}
    batch = append(world.actor("an"), entries=entries, confirmed=ON_THE_LIST)
    assert [row.community for row in batch.done] == [world.willow]
    assert len(batch.refused) == 1


def test_nobody_holds_chains_one_after_the_other() -> None:
    """Not in a loop: the communities of an act are told in one call."""
    wrong = []
    for file, tree in modules():
        ours = {name for module, name, _ in imports(tree) if module.startswith("baodao.ledger.")}
        if slice_of(file) in ("ledger", "statements"):
            ours |= ONCE
        loops = (node for node in ast.walk(tree) if isinstance(node, LOOPS))
        calls = (call for loop in loops for call in ast.walk(loop) if isinstance(call, ast.Call))
        names = {ast.unparse(call.func) for call in calls}
        wrong += [f"{file.relative_to(PACKAGE)} {name}" for name in names & ours & ONCE]
    assert wrong == []
