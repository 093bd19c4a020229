"""Claims over the API: the pages' acts, narrowed to what a token may."""

import json

from baodao.accounts.commands.grants import grant
from baodao.claims.commands.claims import request_exit
from baodao.kernel.authz import Role
from tests.offers import steps
from tests.offers.test_api import an, begun, chosen, seated
from tests.programs import code_of, ids, program
from tests.world import World

CLAIM = {
    "id", "state", "offer", "title", "person", "unit", "branch", "community", "claimed_at",
    "seated_at", "confirm_by", "decided_at", "reason", "served_on", "ended_at",
}  # fmt: skip


def test_claims_are_decided_many_at_once_and_never_more_than_places(world: World) -> None:
    post = steps.published(world, "post", places=2)
    claims = steps.claimed(post, *steps.registered(world, 3))
    answer = an(world).post("/claims/decide/", chosen(*claims)).json()
    assert [row["state"] for row in answer["done"]] == ["active", "active"]
    assert [left["code"] for left in answer["refused"]] == ["claim.full"]
    assert set(answer["done"][0]) == CLAIM
    no = chosen(claims[2], approve=False)
    assert code_of(an(world).post("/claims/decide/", no)) == (409, "reason.missing")
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
