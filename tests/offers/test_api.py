"""Offers over the API: the pages' acts, narrowed to what a token may."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from baodao.claims.models import Claim
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.needs.models import Need
from baodao.offers.api.offers import Facts
from baodao.offers.commands import offers as commands
from baodao.offers.models import Offer
from tests.needs.steps import fresh, need
from tests.offers import answers, steps
from tests.offers.answers import answered
from tests.programs import Program, code_of, ids, program
from tests.registration import steps as road
from tests.world import World

OFFER = {
    "id", "kind", "state", "community", "organiser", "title", "text", "category", "place",
    "schedule", "specialties", "bring", "approval", "places", "taken", "starts_at", "ends_at",
    "published_at", "recorded_at", "ended_at", "ended_reason", "particulars",
}  # fmt: skip


FAR = {"starts_at": "2099-01-01T01:00:00Z", "ends_at": "2099-01-01T02:00:00Z"}
SWEEPING = {"title": "清扫", "category": "environment", "places": 1}


def an(world: World, *scopes: Permission) -> Program:
    return program(world, "an", "willow", *scopes)


def asking(world: World, **told: Any) -> dict[str, Any]:
    return {"community": world.willow.code, "text": "楼道灯坏了", "category": "convenience"} | told


def drafting(world: World, **told: Any) -> dict[str, Any]:
    hours = {"starts_at": steps.hour().isoformat(), "ends_at": steps.hour(at=11).isoformat()}
    return {
        "community": world.willow.code, "kind": "activity", "title": "更换楼道灯",
        "category": "convenience", "places": 2, **hours, **told,
    }  # fmt: skip


def chosen(*claims: Claim, **told: Any) -> dict[str, Any]:
    return {"claims": [str(claim.pk) for claim in claims], "approve": True} | told


def begun(world: World) -> Offer:
    """An activity of three hours ago, of which nobody has recorded who came."""
    return answers.offer(world, starts_at=clock.now() - timedelta(hours=3))


def seated(world: World, offer: Offer, count: int) -> list[Claim]:
    """Members with a place on it."""
    rows = [road.accepted(world, one) for one in road.members(world, count)]
    return [steps.kept(offer, row.person, row.branch, seated_at=clock.now()) for row in rows]


def test_an_offer_is_drafted_published_moved_and_called_off(world: World) -> None:
    token = an(world)
    made = token.post("/offers/", drafting(world, organiser=world.team.code)).json()
    assert (made["state"], made["organiser"]["code"]) == ("draft", world.team.code)
    assert set(made) == OFFER
    path = f"/offers/{made['id']}"
    hours = {"starts_at": steps.hour(9).isoformat(), "ends_at": steps.hour(9, at=11).isoformat()}
    before = {name: made[name] for name in hours}
    move = hours | {"before": before}
    assert code_of(token.post(f"{path}/reschedule/", move)) == (409, "offer.draft")
    published = token.post(f"{path}/publish/", None).json()
    assert (published["state"], published["places"], published["taken"]) == ("published", 2, 0)
    moved = token.post(f"{path}/reschedule/", move).json()
    assert Offer.objects.get().starts_at == steps.hour(9)
    assert moved["starts_at"] != published["starts_at"]
    late = token.post(f"{path}/reschedule/", before | {"before": before})
    assert code_of(late) == (409, "edit.outdated")
    assert Offer.objects.get().starts_at == steps.hour(9)
    assert code_of(token.post(f"{path}/publish/", None)) == (409, "offer.published")
    ended = token.post(f"{path}/cancel/", {"reason": "大雨"}).json()
    assert (ended["state"], ended["ended_reason"]) == ("cancelled", "大雨")
    assert token.get(f"{path}/").json() == ended


def test_an_offer_is_edited_and_keeps_its_hours_once_published(world: World) -> None:
    token = an(world)
    made = token.post("/offers/", drafting(world)).json()
    path, told = f"/offers/{made['id']}", drafting(world, title="更换门锁", places=3)
    facts = {name: value for name, value in told.items() if name not in ("community", "kind")}
    draft = edited(token, path, facts | {"ends_at": steps.hour(at=12).isoformat()}).json()
    assert (draft["title"], draft["places"]) == ("更换门锁", 3)
    assert Offer.objects.get().ends_at == steps.hour(at=12)
    token.post(f"{path}/publish/", None)
    later = edited(token, path, facts | {"title": "更换门锁和灯"}).json()
    assert later["title"] == "更换门锁和灯"
    assert Offer.objects.get().ends_at == steps.hour(at=12)
    steps.claimed(Offer.objects.get(), *steps.registered(world, 2))
    assert code_of(edited(token, path, facts | {"places": 1})) == (409, "offer.fewer")


def edited(token: Program, path: str, facts: dict[str, Any]) -> Any:
    """Put an offer right, as it was read a moment before."""
    return token.post(f"{path}/edit/", facts | {"before": as_read(token, path)})


def as_read(token: Program, path: str) -> dict[str, Any]:
    read = token.get(f"{path}/").json()
    facts = {name: read[name] for name in Facts.model_fields}
    return facts | {"organiser": read["organiser"]["code"]}


def test_what_another_changed_meanwhile_is_not_overwritten(world: World) -> None:
    token = an(world)
    path = f"/offers/{token.post('/offers/', drafting(world)).json()['id']}"
    before = as_read(token, path)
    commands.edit(
        world.actor("ji"),
        offer_id=Offer.objects.get().pk,
        facts=steps.facts("activity", title="楼道清扫"),
    )
    late = token.post(f"{path}/edit/", before | {"title": "更换门锁", "before": before})
    assert code_of(late) == (409, "edit.outdated")
    assert "title" in late.json()["message"]
    assert Offer.objects.get().title == "楼道清扫"
    assert edited(token, path, before | {"title": "更换门锁"}).json()["title"] == "更换门锁"
    nobody = token.post(f"{path}/edit/", {**before, "before": before, "organiser": None})
    assert code_of(nobody) == (409, "edit.outdated")


def test_places_taken_stand_beside_places_wanted(world: World) -> None:
    offer = steps.published(world, places=2)
    steps.claimed(offer, *steps.registered(world, 3))
    told = an(world).get(f"/offers/{offer.pk}/").json()
    assert (told["taken"], told["places"]) == (2, 2)
    assert an(world).get("/offers/").json()["items"] == [told]
    on_the_list = an(world).post(f"/offers/{offer.pk}/close/", {})
    assert code_of(on_the_list) == (409, "offer.list-first")


def test_closing_a_post_meets_the_needs_that_are_named_and_no_others(world: World) -> None:
    post = steps.published(world, "post")
    met, other = (answered(world, post, "open") for _ in range(2))
    elsewhere = need(world)
    token, path = an(world), f"/offers/{post.pk}/close/"
    assert code_of(token.post(path, {"met": [str(elsewhere.pk)]})) == (404, "absent")
    assert token.post(path, {"met": [str(met.pk)]}).json()["state"] == "closed"
    states = [fresh(row).state for row in (met, other, elsewhere)]
    assert states == ["met", "screened", "collected"]


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("publish", None),
        ("edit", {**SWEEPING, "before": SWEEPING}),
        ("close", {}),
        ("cancel", {"reason": "大雨"}),
        ("reschedule", {**FAR, "before": FAR}),
        ("roll", {"persons": [], "minutes": 60}),
    ],
)
def test_the_community_next_door_acts_on_no_offer(world: World, act: str, body: Any) -> None:
    offer, bao = steps.published(world), program(world, "bao", "bridge")
    theirs = bao.post(f"/offers/{offer.pk}/{act}/", body)
    nobody_s = bao.post(f"/offers/{uuid4()}/{act}/", body)
    assert (theirs.status_code, theirs.content) == (404, nobody_s.content)
    assert an(world).post(f"/offers/{offer.pk}/{act}/", body).status_code in (200, 409)
    assert bao.get(f"/offers/{offer.pk}/").status_code == 404
    assert bao.get("/offers/").json()["items"] == []
    assert code_of(bao.post("/offers/", drafting(world))) == (404, "absent")


def test_offers_are_narrowed_by_kind_state_and_community(world: World) -> None:
    coming, post = steps.published(world), steps.published(world, "post")
    draft = answers.offer(world, "draft")
    away = steps.published(world, where=world.bridge)
    fan = program(world, "fan", "east")
    assert ids(fan.get("/offers/")) == [str(row.pk) for row in (coming, post, draft, away)]
    assert ids(fan.get("/offers/", kind="post")) == [str(post.pk)]
    assert ids(fan.get("/offers/", state="draft")) == [str(draft.pk)]
    assert ids(fan.get("/offers/", community=world.bridge.code)) == [str(away.pk)]
    assert code_of(fan.post("/offers/", drafting(world))) == (403, "scope.missing")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"places": 0}, "places"),
        ({"kind": "lottery"}, "kind"),
        ({"title": ""}, "title"),
        ({"starts_at": "2026-12-01T09:00:00"}, "starts_at"),
        ({"starts_at": "9999-12-31T23:59:59Z"}, "starts_at"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(
    world: World, wrong: dict[str, Any], field: str
) -> None:
    answer = an(world).post("/offers/", drafting(world, **wrong))
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert not Offer.objects.exists()


def test_what_the_rules_refuse_is_told_with_its_code(world: World) -> None:
    late = drafting(world, ends_at=steps.hour(at=8).isoformat())
    assert code_of(an(world).post("/offers/", late)) == (409, "offer.hours-order")
    unit = drafting(world, organiser=world.bureau.code)
    assert code_of(an(world).post("/offers/", unit)) == (409, "offer.organiser")
    assert not Offer.objects.exists()


def test_the_same_key_drafts_one_offer_and_another_body_none(world: World) -> None:
    token, key = an(world), uuid4()
    first = token.post("/offers/", drafting(world), key)
    again = token.post("/offers/", drafting(world), key)
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    other = token.post("/offers/", drafting(world, places=3), key)
    assert code_of(other) == (422, "request.reused")
    assert Offer.objects.count() == 1
    assert token.post("/offers/", drafting(world)).json()["id"] != first.json()["id"]
    assert code_of(token.post("/needs/", asking(world), "no-uuid")) == (422, "input.invalid")
    assert not Need.objects.exists()


def test_the_same_key_takes_down_one_need_and_decides_once(world: World) -> None:
    token, key, decision = an(world), uuid4(), uuid4()
    made = [token.post("/needs/", asking(world), key).json()["code"] for _ in range(2)]
    assert made == [Need.objects.get().code] * 2
    [claim] = steps.claimed(steps.published(world, "post"), *steps.registered(world, 1))
    told = [token.post("/claims/decide/", chosen(claim), decision).content for _ in range(2)]
    assert told[0] == told[1]
    anew = token.post("/claims/decide/", chosen(claim)).json()
    assert anew["refused"][0]["code"] == "claim.active"


@pytest.mark.parametrize("path", ["/needs/", "/offers/", "/claims/"])
def test_lists_take_as_many_queries_with_two_rows_as_with_twelve(
    world: World, path: str, django_assert_num_queries: Any
) -> None:
    post = steps.published(world, "post", places=20)
    token, members = an(world), steps.registered(world, 12)
    steps.claimed(post, *members[:2])
    for _ in range(2):
        answered(world, post, "collected")
    token.get(path)
    with django_assert_num_queries(4):
        token.get(path)
    steps.claimed(post, *members[2:])
    for _ in range(10):
        answered(world, post, "collected")
        answers.offer(world)
    with django_assert_num_queries(4):
        assert len(ids(token.get(path))) >= 11
