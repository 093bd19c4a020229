"""A number is found only by who may see it, so often an hour, and every search is written down."""

import ast
import re

import pytest
from django.test import Client

from baodao.kernel.models import JournalEntry
from baodao.orgs.commands.policies import set_policy
from baodao.people.queries.search import sealed_number
from baodao.people.rules.policies import SEARCHES
from tests import factories
from tests.architecture.source import PACKAGE, modules
from tests.registration import steps as road
from tests.world import World

VERB = "person.sought-by-number"


def page(world: World, name: str, words: str, path: str = "/people/") -> str:
    client = Client()
    client.force_login(world.accounts[name])
    answer = client.get(path, {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234", "1234"),
        ("12 3x", "123X"),
        ("１９９ ００００-1234", "19900001234"),
        ("+86 199 0000 1234", "19900001234"),
        ("V0000000012", ""),
        ("陈晓宇", ""),
        ("cxy", ""),
        ("2024年", ""),
    ],
)
def test_what_is_a_sealed_number(text: str, number: str) -> None:
    assert sealed_number(text) == number


@pytest.mark.parametrize("words", ["1234", "19900001234", "１９９００００１２３４"])
def test_who_may_unmask_finds_by_number_and_it_is_written_down_once(
    world: World, words: str
) -> None:
    for _ in range(3):
        assert "陈晓宇" in page(world, "deng", words)
    entry = JournalEntry.objects.get(verb=VERB)
    assert (entry.scope_id, entry.account_id) == (world.bureau.pk, world.accounts["deng"].pk)
    assert "1234" not in str(entry.facts)


@pytest.mark.parametrize("name", ["fan", "qin"])
@pytest.mark.parametrize("words", ["1234", "19900001234"])
def test_who_may_not_unmask_learns_nothing_by_number(world: World, name: str, words: str) -> None:
    text = page(world, name, words)
    assert "陈晓宇" not in text
    assert "按姓名" in text
    assert "陈晓宇" in page(world, name, "cxy")
    assert not JournalEntry.objects.filter(verb=VERB).exists()


@pytest.mark.parametrize(("name", "offered"), [("deng", True), ("fan", False), ("qin", False)])
def test_a_number_is_offered_to_whom_it_is_answered(world: World, name: str, offered: bool) -> None:
    hints = re.findall(r'type="search"[^>]*placeholder="([^"]*)"', page(world, name, ""))
    assert hints
    assert ["证件尾号" in hint for hint in hints] == [offered] * len(hints)


def test_after_many_numbers_in_an_hour_names_are_left(world: World) -> None:
    set_policy(world.actor("sun"), organisation_id=world.city.pk, policy=SEARCHES, value=10)
    for number in range(10):
        page(world, "deng", f"77{number:02d}")
    assert "陈晓宇" not in page(world, "deng", "1234")
    assert "陈晓宇" in page(world, "deng", "陈晓宇")
    assert JournalEntry.objects.filter(verb=VERB).count() == 10


def test_a_community_searches_its_own_by_number(world: World) -> None:
    road.accepted(world)
    assert "陈晓宇" in page(world, "an", "1234", "/members/")
    assert JournalEntry.objects.get(verb=VERB).scope_id == world.willow.pk


def _finders(tree: ast.Module) -> set[str]:
    """The names of a module by which people are found by a number: what it imports of the search,
    and its own functions that use it."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "baodao.people.queries.search"
        for alias in node.names
        if alias.name in ("matching", "search")
    }
    own = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return names | {node.name for node in own if names & _named(node)}


def _named(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_every_list_that_finds_people_by_a_number_asks_whether_it_may() -> None:
    seen, silent = 0, []
    for file, tree in modules():
        finders = _finders(tree)
        specs = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in (one for one in specs if getattr(one.func, "id", "") == "Spec"):
            options = {keyword.arg: keyword.value for keyword in call.keywords}
            if "search" in options and finders & _named(options["search"]):
                seen += 1
                if "by_number" not in options:
                    silent.append(f"{file.relative_to(PACKAGE)}:{call.lineno}")
    assert seen >= 12
    assert silent == []


def test_a_volunteer_number_opens_no_strangers_name(world: World) -> None:
    stranger = factories.member("郝二鸣", world.office)
    client = Client()
    client.force_login(world.accounts["fan"])
    base = f"/tables/registration/{world.east.code}/members/"
    own = client.get(base, {"person": world.people["chen"].number})
    assert "陈晓宇" in own.content.decode()
    other = client.get(base, {"person": stranger.number})
    assert other.status_code == 404
    assert "郝二鸣" not in other.content.decode()
