"""The built-in rules: each computed, each able to fail, as page and as command."""

import argparse
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from pypdf import PdfReader
from pytest_django import Settings

from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of
from baodao.home.queries.compliance import RULES, Compliance, points
from baodao.kernel import clock, crypto
from baodao.kernel.authz import Role
from baodao.kernel.models import JournalEntry
from baodao.notices.commands.complaints import ComplaintDraft, complain
from baodao.notices.rules.policies import ANSWER_DAYS
from baodao.operations.subcommands import compliance, keys
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.rules.tree import Kind
from tests import factories
from tests.permissions.cast import BACKEND
from tests.world import World, draw


def state_of(number: int) -> Compliance:
    return points()[number - 1].state


@pytest.fixture(autouse=True)
def _own_key(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_FILE = tmp_path / "keys.json"


@pytest.fixture
def world(_own_key: None, db: None) -> World:
    """Drawn for each test, because its numbers are sealed with that test's key."""
    return draw()


def test_all_seventeen_rules_are_told_and_none_is_broken_on_a_fresh_site(world: World) -> None:
    found = points()
    assert [point.number for point in found] == list(range(1, 18)) == list(range(1, len(RULES) + 1))
    assert [point for point in found if point.state is Compliance.BROKEN] == []
    assert all(point.rule and point.fact for point in found)


def test_a_late_answer_breaks_the_rule_of_answers(world: World) -> None:
    complain(world.actor("gu"), organisation=world.willow, draft=ComplaintDraft("太慢"))
    assert state_of(9) is Compliance.HOLDS
    with clock.at(clock.now() + timedelta(days=10)):
        assert state_of(9) is Compliance.BROKEN


def test_each_of_several_cities_is_told_by_its_own_values(world: World) -> None:
    other = factories.organisation(Kind.CITY, "临江市", code="990200000000")
    sun = factories.account("临江管理员", Role.SYSTEM_ADMINISTRATOR, other)
    set_policy(actor_of(sun), organisation_id=other.pk, policy=ANSWER_DAYS, value=3)
    with translation.override("zh-hans"):
        facts = {point.number: point.fact for point in points()}
    assert "滨河市：5 个工作日" in facts[9]
    assert "临江市：3 个工作日" in facts[9]
    assert facts[6].count("天内最多提醒") == 2


def test_an_open_key_file_breaks_the_rule_of_secrets(world: World) -> None:
    assert state_of(12) is Compliance.HOLDS
    Path(settings.KEY_FILE).chmod(0o644)
    assert state_of(12) is Compliance.BROKEN


def test_a_key_that_was_lost_breaks_the_rule_of_secrets(world: World) -> None:
    crypto.add_key(Path(settings.KEY_FILE))
    crypto.drop_old_keys(Path(settings.KEY_FILE))
    assert state_of(12) is Compliance.BROKEN


def test_a_foreign_host_breaks_the_rule_of_the_own_host(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    monkeypatch.setitem(directives, "script-src", ["https://elsewhere.example"])
    assert state_of(15) is Compliance.BROKEN


def test_a_role_that_may_rewrite_the_journal_breaks_the_rule_of_logs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _rule, look = RULES[12]
    assert look()[0] is Compliance.HOLDS
    monkeypatch.setattr(JournalEntry._meta, "db_table", Account._meta.db_table)
    assert look()[0] is Compliance.BROKEN


def test_the_command_prints_every_rule_and_the_filing_form(world: World) -> None:
    outcome = compliance.run(argparse.Namespace(out=None))
    assert outcome.code == 0
    assert len(outcome.facts["points"]) == 17  # type: ignore[arg-type]
    assert "报到 Baodao" in outcome.text


@pytest.mark.parametrize(
    ("paper", "words"), [("compliance-report", "不对个人排名"), ("filing-draft", "报到 Baodao")]
)
def test_it_writes_the_same_as_a_document(
    world: World, tmp_path: Path, paper: str, words: str
) -> None:
    out = tmp_path / "report.pdf"
    compliance.run(argparse.Namespace(out=out, paper=paper))
    told = "".join(page.extract_text() for page in PdfReader(out).pages).replace("\n", "")
    assert "滨河市" in told
    assert words in told


def test_inspectors_download_the_report_and_others_do_not(world: World, client: Client) -> None:
    for name, status in (("fan", 200), ("su", 200), ("an", 404), ("chen", 404)):
        client.force_login(world.accounts[name], backend=BACKEND)
        assert client.get("/compliance/compliance-report.docx").status_code == status
        assert client.get("/compliance/unknown.pdf").status_code == 404


def test_the_page_says_the_same(world: World) -> None:
    client = Client()
    client.force_login(world.accounts["fan"])
    page = client.get("/compliance/").content.decode()
    for point in points():
        assert point.fact in page


def test_keys_are_rotated_by_one_command(world: World) -> None:
    outcome = keys.rotate(argparse.Namespace())
    assert outcome.facts == {"key": 2, "persons": 2, "second_steps": 3}
    assert list(crypto.ring().keys) == [2]
