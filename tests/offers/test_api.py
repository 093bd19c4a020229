"""Needs, offers, claims and rolls over the API: the pages' acts, narrowed to what a token may."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from baodao.accounts.commands.grants import grant
from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.needs.models import Need
from baodao.offers.commands.claims import request_exit
from baodao.offers.models import Claim, Offer
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
CLAIM = {
    "id", "state", "offer", "title", "person", "unit", "branch", "community", "claimed_at",
    "seated_at", "confirm_by", "decided_at", "reason", "served_on", "ended_at",
}  # fmt: skip


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
    assert code_of(token.post(f"{path}/reschedule/", hours)) == (409, "offer.draft")
    published = token.post(f"{path}/publish/", None).json()
    assert (published["state"], published["places"], published["taken"]) == ("published", 2, 0)
    moved = token.post(f"{path}/reschedule/", hours).json()
    assert Offer.objects.get().starts_at == steps.hour(9)
    assert moved["starts_at"] != published["starts_at"]
    assert code_of(token.post(f"{path}/publish/", None)) == (409, "offer.published")
    ended = token.post(f"{path}/cancel/", {"reason": "大雨"}).json()
    assert (ended["state"], ended["ended_reason"]) == ("cancelled", "大雨")
    assert token.get(f"{path}/").json() == ended


def test_an_offer_is_edited_and_keeps_its_hours_once_published(world: World) -> None:
    token = an(world)
    made = token.post("/offers/", drafting(world)).json()
    path, told = f"/offers/{made['id']}", drafting(world, title="更换门锁", places=3)
    facts = {name: value for name, value in told.items() if name not in ("community", "kind")}
    draft = token.post(f"{path}/edit/", facts | {"ends_at": steps.hour(at=12).isoformat()}).json()
    assert (draft["title"], draft["places"]) == ("更换门锁", 3)
    assert Offer.objects.get().ends_at == steps.hour(at=12)
    token.post(f"{path}/publish/", None)
    later = token.post(f"{path}/edit/", facts | {"title": "更换门锁和灯"}).json()
    assert later["title"] == "更换门锁和灯"
    assert Offer.objects.get().ends_at == steps.hour(at=12)
    steps.claimed(Offer.objects.get(), *steps.registered(world, 2))
    assert code_of(token.post(f"{path}/edit/", facts | {"places": 1})) == (409, "offer.fewer")


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
        ("edit", {"title": "清扫", "category": "environment", "places": 1}),
        ("close", {}),
        ("cancel", {"reason": "大雨"}),
        ("reschedule", {"starts_at": "2099-01-01T01:00:00Z", "ends_at": "2099-01-01T02:00:00Z"}),
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


def test_claims_are_decided_many_at_once_and_never_more_than_places(world: World) -> None:
    post = steps.published(world, "post", places=2)
    claims = steps.claimed(post, *steps.registered(world, 3))
    answer = an(world).post("/claims/decide/", chosen(*claims)).json()
    assert [row["state"] for row in answer["done"]] == ["active", "active"]
    assert [left["code"] for left in answer["refused"]] == ["claim.full"]
    assert set(answer["done"][0]) == CLAIM
    no = chosen(claims[2], approve=False)
    assert code_of(an(world).post("/claims/decide/", no)) == (409, "offer.reason")
    refused = an(world).post("/claims/decide/", no | {"reason": "名额已满"}).json()["done"]
    assert [(row["state"], row["reason"]) for row in refused] == [("refused", "名额已满")]
    assert steps.states(post) == ["active", "active", "refused"]


def test_leaving_a_post_is_decided_by_its_community(world: World) -> None:
    post = steps.published(world, "post")
    members = steps.registered(world, 2)
    stay, go = steps.claimed(post, *members)
    an(world).post("/claims/decide/", chosen(stay, go))
    for member, claim in zip(members, (stay, go), strict=True):
        request_exit(member, claim_id=claim.pk, reason="搬家")
    token, path = an(world), "/claims/exits/decide/"
    kept = token.post(path, chosen(stay, approve=False, reason="请做到月底")).json()
    left = token.post(path, chosen(go)).json()
    assert [row["state"] for row in kept["done"] + left["done"]] == ["active", "left"]
    again = token.post(path, chosen(go)).json()
    assert (again["done"], again["refused"][0]["code"]) == ([], "claim.left")


def test_a_batch_with_a_claim_next_door_decides_nothing(world: World) -> None:
    post, away = (
        steps.published(world, "post", where=where) for where in (world.willow, world.bridge)
    )
    [here] = steps.claimed(post, *steps.registered(world, 1))
    there = steps.kept(away, world.people["chen"], world.first, state="applied")
    assert code_of(an(world).post("/claims/decide/", chosen(here, there))) == (404, "absent")
    assert steps.states(post) == steps.states(away) == ["applied"]
    assert ids(an(world).get("/claims/")) == [str(here.pk)]
    assert len(an(world).post("/claims/decide/", chosen(here)).json()["done"]) == 1


def test_a_unit_reads_its_members_claims_wherever_and_decides_none(world: World) -> None:
    post = steps.published(world, "post")
    [claim] = steps.claimed(post, *steps.registered(world, 1))
    deng, dai = program(world, "deng", "bureau"), program(world, "dai", "second")
    assert ids(deng.get("/claims/")) == [str(claim.pk)]
    assert dai.get("/claims/").json()["items"] == []
    assert code_of(deng.post("/claims/decide/", chosen(claim))) == (403, "scope.missing")
    assert deng.get("/offers/").json()["items"] == []
    assert deng.get(f"/offers/{post.pk}/").status_code == 404
    assert ids(deng.get("/claims/", unit=world.first.code)) == [str(claim.pk)]
    assert ids(deng.get("/claims/", unit=world.second.code)) == []


def test_claims_are_narrowed_by_offer_person_and_state(world: World) -> None:
    coming, post = steps.published(world), steps.published(world, "post")
    members = steps.registered(world, 2)
    first, second = steps.claimed(coming, *members)
    [applied] = steps.claimed(post, members[0])
    token = an(world)
    assert ids(token.get("/claims/", offer=post.pk)) == [str(applied.pk)]
    assert ids(token.get("/claims/", state="applied")) == [str(applied.pk)]
    number = second.person.number
    assert ids(token.get("/claims/", person=number)) == [str(second.pk)]
    assert ids(token.get("/claims/", state="active")) == [str(first.pk), str(second.pk)]


def test_that_somebody_did_not_come_is_told_to_nobody(world: World) -> None:
    offer = begun(world)
    came, stayed = seated(world, offer, 2)
    token = an(world)
    token.post(f"/offers/{offer.pk}/roll/", {"persons": [came.person.number], "minutes": 90})
    assert steps.fresh(stayed).state == "absent"
    told = {row["id"]: row["state"] for row in token.get("/claims/").json()["items"]}
    assert told == {str(came.pk): "done", str(stayed.pk): "left"}
    assert ids(token.get("/claims/", state="left")) == [str(stayed.pk)]
    assert token.get("/claims/", state="absent").status_code == 422


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


def test_nobody_decides_about_themselves_by_a_token_either(world: World) -> None:
    post = steps.published(world, "post")
    [claim] = steps.claimed(post, steps.chen(world))
    grant(
        world.actor("shen"), account_id=world.accounts["chen"].pk, role=Role.COMMUNITY_WORKER,
        organisation_id=world.willow.pk, basis="任命", until_on=None,
    )  # fmt: skip
    answer = program(world, "chen", "willow").post("/claims/decide/", chosen(claim)).json()
    assert [left["code"] for left in answer["refused"]] == ["claim.own"]
    assert len(an(world).post("/claims/decide/", chosen(claim)).json()["done"]) == 1


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


def test_no_telephone_leaves_with_a_claim_and_people_are_number_and_name(world: World) -> None:
    post = steps.published(world, "post")
    steps.claimed(post, steps.chen(world))
    answers = [
        program(world, name, place).get("/claims/")
        for name, place in (("an", "willow"), ("deng", "bureau"), ("fan", "east"))
    ]
    chen = world.people["chen"]
    for answer in answers:
        [row] = answer.json()["items"]
        assert row["person"] == {"number": chen.number, "name": chen.name}
        assert "19900001234" not in json.dumps(row)
