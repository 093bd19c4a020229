"""The public page behind a code: true or not, and nothing else about anybody."""

import re
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from baodao.documents import queries
from baodao.documents.commands import Paper, keep_papers, revoke
from baodao.documents.models import Issue
from baodao.documents.rules import digest_of, facts_from, facts_text, number_text
from baodao.kernel import clock
from baodao.kernel.masks import masked_name
from tests.world import World

ABOUT = UUID(int=7)


@pytest.fixture
def issue(world: World) -> Issue:
    with clock.at(datetime(2026, 7, 1, 4, tzinfo=UTC)):
        paper = Paper(
            form="introduction-letter",
            organisation_id=world.bureau.pk,
            unit=world.bureau.name,
            year=2026,
            number=7,
            about=ABOUT,
            holder=masked_name("陈晓宇"),
            facts={"name": "陈晓宇", "phone": "19900001234"},
        )
        return keep_papers([paper])[0]


def page(client: Client, token: str) -> tuple[int, str]:
    response = client.get(reverse("documents:verify", args=[token]))
    return response.status_code, response.content.decode()


def test_a_true_paper_shows_form_number_unit_masked_name_and_date(
    client: Client, issue: Issue
) -> None:
    status, text = page(client, issue.token)
    assert status == 200
    for shown in ("核验有效", "在职党员报到介绍信", "〔2026〕007号", "区城建局机关党委", "陈**"):
        assert shown in text
    assert "2026年7月1日" in text


def test_it_tells_no_personal_fact(client: Client, issue: Issue) -> None:
    _, text = page(client, issue.token)
    for secret in ("陈晓宇", "晓宇", "19900001234", str(ABOUT), str(issue.pk)):
        assert secret not in text


@pytest.mark.parametrize("token", ["x", "A" * 22, "..", "%00", "' OR 1=1 --"])
def test_a_wrong_code_is_not_valid(client: Client, issue: Issue, token: str) -> None:
    response = client.get(f"/v/{token}/" if token != "%00" else "/v/%2500/")
    assert response.status_code == 404
    assert "陈**" not in response.content.decode()


def test_a_wrong_code_gets_the_same_page_as_any_other_wrong_code(
    client: Client, issue: Issue
) -> None:
    first, second = page(client, "A" * 22), page(client, "B" * 22)
    assert first[0] == second[0] == 404
    assert "核验无效" in first[1]
    texts = [re.sub(r'value="[^"]*"', "", text) for _, text in (first, second)]
    assert texts[0].replace("A" * 22, "") == texts[1].replace("B" * 22, "")


def test_a_withdrawn_paper_says_since_when(client: Client, issue: Issue) -> None:
    with clock.at(datetime(2026, 8, 2, 4, tzinfo=UTC)):
        assert revoke(about=ABOUT) == 1
    status, text = page(client, issue.token)
    assert status == 200
    assert "已失效" in text
    assert "2026年8月2日" in text
    assert "核验有效" not in text


def test_withdrawing_again_or_another_form_changes_nothing(issue: Issue) -> None:
    assert revoke(about=ABOUT, form="receipt") == 0
    assert revoke(about=uuid4()) == 0
    assert revoke(about=ABOUT, form="introduction-letter") == 1
    assert revoke(about=ABOUT) == 0


def test_the_page_is_read_only_and_never_kept(client: Client, issue: Issue) -> None:
    address = reverse("documents:verify", args=[issue.token])
    assert client.post(address).status_code == 405
    assert client.get(address)["Cache-Control"] == "no-store"


def test_the_paper_of_a_row_is_found_after_it_was_withdrawn_too(issue: Issue) -> None:
    assert queries.issue_of(ABOUT, "introduction-letter") == issue
    assert queries.issue_of(ABOUT, "receipt") is None
    revoke(about=ABOUT)
    assert queries.issue_of(ABOUT, "introduction-letter") == issue


def test_a_token_cannot_be_guessed(issue: Issue) -> None:
    assert len(issue.token) * 6 >= 96


def test_the_digest_follows_the_facts_not_their_order() -> None:
    one, other = {"a": 1, "b": "陈"}, {"b": "陈", "a": 1}
    assert digest_of(facts_text(one)) == digest_of(facts_text(other))
    assert digest_of(facts_text(one)) != digest_of(facts_text({"a": 2}))


def test_facts_are_read_as_they_were_kept() -> None:
    facts = {"born_on": date(1980, 5, 1), "rows": [{"day": "2026.07.04"}], "grid": None}
    assert facts_from(facts_text(facts)) == facts


def test_numbers_as_on_paper() -> None:
    assert number_text(2026, 7) == "〔2026〕007号"
    assert number_text(2026, 1234) == "〔2026〕1234号"
