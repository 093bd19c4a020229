"""Letters for those of a unit who have none: to which community, for whom, in how many taps."""

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from baodao.orgs.models import Setting
from baodao.people.models import Person
from baodao.registration.models import Registration
from tests import factories
from tests.registration import steps
from tests.registration.browsing import browser, client_id, text
from tests.world import World

PAGE = "/letters/issue/"


def form_of(page: HttpResponse) -> dict[str, object]:
    """What the browser sends when nothing but a button is pressed."""
    form = page.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    return {"client_id": client_id(page), "ids": page.context["page"].ticked, **fields}


def homeless(world: World, name: str = "无家") -> Person:
    """A member of whom nobody knows where they live."""
    return factories.member(name, world.second, pinyin="wu jia")


def places(*persons: Person) -> list[str]:
    rows = Registration.objects.filter(person__in=persons).order_by("person__pinyin")
    return list(rows.values_list("community__name", flat=True))


@pytest.mark.parametrize("others", [3, 120])
def test_letters_for_all_take_two_taps_and_leave_nobody_over(world: World, others: int) -> None:
    steps.members(world, others)
    clerk = browser(world, "dai")
    assert f'class="btn btn-primary" href="{PAGE}"' in text(clerk.get("/unit/"))
    page = clerk.get(PAGE)
    button = {"everybody": "1"} if 'name="everybody"' in text(page) else {}
    sent = clerk.post(PAGE, form_of(page) | button, follow=True)
    assert f"已开出 {others + 1} 封介绍信" in text(sent)
    assert sent.redirect_chain == [("/letters/?state=issued", 302)]
    assert clerk.get(PAGE).context["count"] == 0


def test_who_lives_nobody_knows_where_stands_first_with_a_field_and_holds_up_nobody(
    world: World,
) -> None:
    steps.members(world, 2)
    person = homeless(world)
    clerk = browser(world, "dai")
    page = clerk.get(PAGE)
    first, _ = next(page.context["form"].rows)
    assert (first.membership.person, first.community) == (person, None)
    rest = clerk.post(PAGE, form_of(page), follow=True)
    assert rest.redirect_chain == [(PAGE, 302)]
    assert "已开出 3 封介绍信" in text(rest)
    assert rest.context["count"] == 1
    written = form_of(rest) | {f"community-{person.pk}": "石桥社区"}
    assert "已开出 1 封介绍信" in text(clerk.post(PAGE, written, follow=True))
    person.refresh_from_db()
    assert (places(person), person.home_community) == (["石桥社区"], world.bridge)


def test_a_row_names_another_community_and_it_is_kept_as_where_they_live(world: World) -> None:
    one, other = steps.members(world, 2)
    clerk = browser(world, "dai")
    written = form_of(clerk.get(PAGE)) | {f"community-{other.pk}": "北门社区"}
    clerk.post(PAGE, written)
    other.refresh_from_db()
    assert places(one, other) == ["柳荫社区", "北门社区"]
    assert other.home_community == world.north


def test_one_community_for_all_leaves_the_rows_that_name_their_own(world: World) -> None:
    one, other = steps.members(world, 2)
    page = browser(world, "dai").get(PAGE)
    named = {"community": "石桥社区", f"community-{other.pk}": "北门社区"}
    browser(world, "dai").post(PAGE, form_of(page) | named)
    assert places(one, other) == ["石桥社区", "北门社区"]
    one.refresh_from_db()
    assert one.home_community == world.willow


def test_where_the_unit_reports_to_its_partner_a_row_says_nothing_of_the_home(
    world: World,
) -> None:
    Setting.objects.create(organisation=world.city, key="registration.place", value="partner")
    chen = world.people["chen"]
    clerk = browser(world, "dai")
    page = clerk.get(PAGE)
    assert page.context["known"] == 0
    clerk.post(PAGE, form_of(page) | {f"community-{chen.pk}": "北门社区"})
    chen.refresh_from_db()
    assert (places(chen), chen.home_community) == (["北门社区"], world.willow)


def test_a_name_that_fits_none_stands_beside_its_row_and_the_ticks_stay(world: World) -> None:
    one, other = steps.members(world, 2)
    clerk = browser(world, "dai")
    written = form_of(clerk.get(PAGE)) | {f"community-{one.pk}": "没有社区", "ids": [other.pk]}
    page = clerk.post(PAGE, written)
    assert page.status_code == 422
    assert "没有社区" in text(page)
    assert list(page.context["form"].errors) == [f"community-{one.pk}"]
    assert page.context["page"].ticked == [other.pk]
    emptied = clerk.post(PAGE, written | {f"community-{one.pk}": ""})
    assert "请填写社区" in text(emptied)
    assert Registration.objects.count() == 0


def test_a_member_is_added_on_the_way_and_everything_written_is_there_again(
    world: World,
) -> None:
    one, other = steps.members(world, 2)
    clerk = browser(world, "dai")
    written = form_of(clerk.get(PAGE)) | {"ids": [other.pk], f"community-{other.pk}": "北门"}
    away = clerk.post(PAGE, written | {"leave": "member"})
    address = urlsplit(away.headers["Location"])
    assert address.path == "/people/add/"
    [back] = parse_qs(address.query)["back"]
    new = {
        "client_id": uuid4(),
        "name": "罗新",
        "id_number": factories.id_number(),
        "branch": world.first.pk,
        "standing": "in-service",
        "grade": "full",
        "from_on": "2026-01-05",
        "lives_in_city": "on",
        "home_community": "柳荫社区",
    }
    added = clerk.post(away.headers["Location"], new)
    assert added.headers["Location"] == back
    page = clerk.get(back)
    assert page.context["form"][f"community-{other.pk}"].value() == "北门"
    ticked = set(page.context["page"].ticked)
    assert ticked == {other.pk, Person.objects.get(name="罗新").pk}
    assert one.pk not in ticked


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_way_back_leads_to_none_but_our_own_pages(world: World, back: str) -> None:
    page = browser(world, "dai").get("/people/add/", {"back": back})
    assert page.context["cancel"] == "/people/"


def test_what_was_written_for_somebody_else_is_not_taken(world: World) -> None:
    hao: Person = world.people["hao"]
    clerk: Client = browser(world, "dai")
    body = {"client_id": uuid4(), "ids": [], f"community-{hao.pk}": "北门社区"}
    clerk.post(PAGE, body)
    hao.refresh_from_db()
    assert hao.home_community is None
    assert clerk.post(PAGE, body | {"community-x": "北门社区"}).status_code == 404
