"""Pages of accounts: who sees which, acting for an organisation, choices, one-time passwords."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from baodao.accounts.models import Account, Grant
from baodao.accounts.views.journal import REACH
from baodao.kernel import ids
from baodao.kernel.authz import Role
from baodao.kernel.models import JournalEntry
from tests.registration.steps import submitted
from tests.world import World

EVERYBODY = {
    *("an", "ji", "bao", "deng", "dai", "qin", "fan", "sun", "shen", "su", "chen", "gu"),
}
ADMINISTRATION = {
    "/administration/": {"sun", "shen", "su"},
    "/accounts/": {"shen", "su"},
    "/accounts/new/": {"shen"},
    "/accounts/members/": {"deng", "dai"},
    "/switches/": EVERYBODY,
    "/switches/propose/": {"sun"},
    "/journal/": {"su"},
    "/health/": {"sun"},
    "/compliance/": {"fan", "sun", "shen", "su"},
    "/account/": EVERYBODY,
}


def as_(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


@pytest.mark.parametrize("path", ADMINISTRATION)
def test_each_page_is_seen_by_its_roles_and_is_absent_for_others(world: World, path: str) -> None:
    seen = {name for name in world.accounts if as_(world, name).get(path).status_code == 200}
    missing = {name for name in world.accounts if as_(world, name).get(path).status_code == 404}
    assert seen == ADMINISTRATION[path]
    assert seen | missing == set(world.accounts)


def test_the_first_page_is_that_of_the_role(world: World) -> None:
    expected = {
        "an": "/today/",
        "deng": "/unit/",
        "fan": "/overview/",
        "sun": "/administration/",
        "chen": "/me/today/",
        "gu": "/account/",
    }
    assert {name: as_(world, name).get("/")["Location"] for name in expected} == expected


def test_who_holds_two_roles_chooses_for_which_to_act(world: World) -> None:
    held = Grant.objects.create(
        account=world.accounts["an"], role=Role.SUPERVISOR, organisation=world.willow_street
    )
    client = as_(world, "an")
    assert client.get("/")["Location"] == "/today/"
    assert client.post("/act-for/", {"grant": str(held.pk)})["Location"] == "/"
    assert client.get("/")["Location"] == "/overview/"
    page = client.get("/account/").content.decode()
    assert "柳荫街道 · 安静" in page
    others = Grant.objects.get(account=world.accounts["bao"])
    assert client.post("/act-for/", {"grant": str(others.pk)}).status_code == 404


def test_a_member_with_a_role_acts_for_themselves_too(world: World) -> None:
    Grant.objects.create(
        account=world.accounts["chen"], role=Role.UNIT_CLERK, organisation=world.bureau
    )
    client = as_(world, "chen")
    assert client.get("/")["Location"] == "/unit/"
    client.post("/act-for/", {"grant": "myself"})
    assert client.get("/")["Location"] == "/me/today/"


def test_language_and_large_text_are_kept_for_visitors_and_on_accounts(world: World) -> None:
    visitor = Client()
    visitor.post("/preferences/", {"language": "en", "large_text": "on", "back": "/sign-in/"})
    page = visitor.get("/sign-in/").content.decode()
    assert 'lang="en" class="large-text"' in page
    client = as_(world, "an")
    assert 'lang="zh-hans"' in client.get("/account/").content.decode()
    client.post("/preferences/", {"language": "en"})
    client.post("/preferences/", {"large_text": "on"})
    fresh = as_(world, "an").get("/account/").content.decode()
    assert 'lang="en" class="large-text"' in fresh


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_preferences_lead_back_to_our_own_pages_alone(world: World, back: str) -> None:
    answer = Client().post("/preferences/", {"language": "en", "back": back})
    assert answer["Location"] == "/"


def test_a_new_account_shows_its_password_once(world: World) -> None:
    client = as_(world, "shen")
    typed = {"name": "新专干", "username": "Worker.One", "organisation": "柳荫社区"}
    page = client.post("/accounts/new/", typed)
    made = Account.objects.get(username="worker.one")
    password = page.context["made"][0].password
    assert made.check_password(password)
    assert password in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for later in (f"/accounts/{made.pk}/", "/accounts/?q=worker"):
        assert password not in client.get(later).content.decode()
    assert password not in str(list(JournalEntry.objects.values_list("facts")))
    again = client.post("/accounts/new/", typed)
    assert again.status_code == 422
    assert "已被使用" in again.content.decode()
    assert 'value="柳荫社区' in again.content.decode(), "what was chosen stays after an error"
    granting = re.search(r'href="(/accounts/[^"]+/grant/[^"]*)"', page.content.decode())
    assert granting
    asked = client.get(unescape(granting[1])).content.decode()
    assert 'value="柳荫社区（柳荫街道）"' in asked, "the organisation is not chosen twice"


def test_accounts_stand_by_pinyin_and_are_found_by_it_and_by_initials(world: World) -> None:
    client = as_(world, "shen")
    for username, name in (("first", "丁立国"), ("second", "安静"), ("third", "曾雨")):
        typed = {"name": name, "username": username, "organisation": "柳荫社区"}
        client.post("/accounts/new/", typed)
    page = client.get("/accounts/?sort=name").content.decode()
    assert page.index("安静") < page.index("丁立国") < page.index("曾雨")
    for words in ("aj", "anj", "an jing"):
        page = client.get("/accounts/", {"q": words}).content.decode()
        assert ("安静" in page, "丁立国" in page) == (True, False)


def test_a_role_is_granted_and_taken_back_on_pages(world: World) -> None:
    client = as_(world, "shen")
    gu = world.accounts["gu"]
    asked = {"role": "community-worker", "organisation": "990102001001", "basis": "社区任命"}
    assert client.post(f"/accounts/{gu.pk}/grant/", asked).status_code == 302
    held = Grant.objects.get(account=gu)
    assert held.granted_by == world.accounts["shen"]
    refused = client.post(f"/accounts/{gu.pk}/grant/", asked)
    assert "该账号在此已有这个角色" in refused.content.decode()
    assert client.post(f"/grants/{held.pk}/revoke/", {"reason": ""}).status_code == 422
    assert client.post(f"/grants/{held.pk}/revoke/", {"reason": "离任"}).status_code == 302
    assert as_(world, "gu").get("/")["Location"] == "/account/"


def test_a_unit_prints_one_time_passwords_for_chosen_members(world: World) -> None:
    Account.objects.filter(person=world.people["chen"]).delete()
    client = as_(world, "dai")
    page = client.get("/accounts/members/").content.decode()
    assert "陈晓宇" in page
    assert "郝一鸣" not in page
    row = world.people["chen"].memberships.get()
    shown = client.post("/accounts/members/passwords/", {"ids": [str(row.pk)]})
    account = Account.objects.get(person=world.people["chen"])
    assert account.check_password(shown.context["made"][0].password)
    foreign = world.people["hao"].memberships.get()
    client.post("/accounts/members/passwords/", {"ids": [str(foreign.pk)]})
    assert not Account.objects.filter(person=world.people["hao"]).exists()


def test_the_journal_is_found_by_who_what_where_and_when(world: World) -> None:
    client = as_(world, "shen")
    typed = {"name": "甲", "username": "first", "organisation": "柳荫社区"}
    client.post("/accounts/new/", typed)
    audit = as_(world, "su")
    found = ("actor_name=沈安全", "verb=新建账号", "verb=account.", "place=柳荫社区",
             "from_on=2020-01-01")  # fmt: skip
    for query in found:
        assert "account.created" in audit.get(f"/journal/?{query}").content.decode(), query
    for query in ("actor_name=安静", "verb=介绍信", "place=石桥社区", "to_on=2020-01-01"):
        assert "account.created" not in audit.get(f"/journal/?{query}").content.decode()


def test_the_journal_says_whom_an_act_is_about_by_number(world: World) -> None:
    registration = submitted(world)
    page = as_(world, "su").get("/journal/").content.decode()
    assert page.count(f"志愿服务编号 {registration.person.number}") == 2, "the letter, and its way"
    assert registration.person.name not in page
    number = registration.letter.number_text
    assert page.count(f"介绍信 {number}") + page.count(f"编号 {number}") == 2, "of which letter"


def test_the_journal_does_not_call_what_it_leaves_out_all(world: World) -> None:
    audit = as_(world, "su")
    assert "条以上" not in audit.get("/journal/").content.decode()
    JournalEntry.objects.bulk_create(
        JournalEntry(
            scope_id=world.willow.pk, actor_name="安静", verb="need.met", about=ids.new_id()
        )
        for _ in range(REACH + 1)
    )
    assert "10000 条以上" in audit.get("/journal/").content.decode()


def test_a_role_in_force_says_so_beside_the_way_to_take_it_back(world: World) -> None:
    page = as_(world, "shen").get(f"/accounts/{world.accounts['an'].pk}/").content.decode()
    assert re.search(r"有效\s+<a[^>]*>收回</a>", page)


def test_the_accounts_list_asks_the_same_number_of_queries_for_more_rows(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = as_(world, "shen")
    client.get("/accounts/")
    with django_assert_max_num_queries(20) as few:
        client.get("/accounts/")
    for number in range(30):
        made = Account.objects.create(username=f"extra{number}", name=f"多{number}")
        Grant.objects.create(account=made, role=Role.SUPERVISOR, organisation=world.east)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/accounts/")


class Controls(HTMLParser):
    """Fields without a name, and buttons without words."""

    def __init__(self) -> None:
        super().__init__()
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "label" and values.get("for"):
            self.labelled.add(values["for"] or "")
        if tag in ("input", "select", "textarea") and values.get("type") != "hidden":
            self.fields.append(values)
        self.headings += tag == "h1"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("shen", "/accounts/new/"),
        ("shen", "/accounts/"),
        ("sun", "/switches/propose/"),
        ("su", "/journal/"),
        ("gu", "/complaints/new/"),
        ("gu", "/account/"),
        ("dai", "/people/"),
        ("sun", "/compliance/"),
    ],
)
def test_every_field_has_a_label_and_every_page_one_heading(
    world: World, name: str, path: str
) -> None:
    page = Controls()
    page.feed(as_(world, name).get(path).content.decode())
    nameless = [
        f for f in page.fields if f.get("id") not in page.labelled and not f.get("aria-label")
    ]
    assert nameless == []
    assert page.headings == 1
