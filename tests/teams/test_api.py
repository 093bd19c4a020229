"""Teams over the API: which there are, who asks, the answer, and claiming for one."""

from baodao.claims.models import Claim
from baodao.kernel.authz import Permission
from baodao.people.models import Person
from baodao.teams.commands.memberships import request_membership
from baodao.teams.queries.teams import mates
from tests.agenda.test_parties import partnered
from tests.offers import steps as offers
from tests.programs import code_of, program
from tests.teams import steps
from tests.world import World

SCOPES = (Permission.REGISTRATION_READ, Permission.REGISTRATION_PLACE)


def test_teams_are_read_and_who_asks_is_answered(world: World) -> None:
    [leader] = steps.team(world, 1)
    asking = request_membership(offers.chen(world), team_id=world.team.pk)
    an = program(world, "an", "willow", *SCOPES)
    [row] = an.get("/teams/").json()["items"]
    assert (row["code"], row["size"]) == (world.team.code, 1)
    assert [one["name"] for one in row["leaders"]] == [leader.name]
    [request] = an.get("/team-requests/", state="waiting").json()["items"]
    assert request["id"] == str(asking.pk)
    body = {"requests": [str(asking.pk)], "approve": True}
    reader = program(world, "an", "willow", Permission.REGISTRATION_READ)
    assert reader.post("/team-requests/decide/", body).status_code == 403
    next_door = program(world, "bao", "bridge", *SCOPES)
    assert next_door.post("/team-requests/decide/", body).status_code == 404
    assert next_door.get("/teams/").json()["items"] == []
    answer = an.post("/team-requests/decide/", body).json()
    assert [one["state"] for one in answer["done"]] == ["accepted"]
    assert mates(world.team).count() == 2


def test_a_program_of_a_unit_claims_for_its_members_and_for_no_team(world: World) -> None:
    partnered(world)
    offer, [leader, member] = offers.published(world), steps.team(world, 2)
    numbers = [Person.objects.get(pk=one.person_id).number for one in (leader, member)]
    body = {"offer": str(offer.pk), "party": world.bureau.code, "persons": numbers}
    deng = program(world, "deng", "bureau", Permission.CLAIM_MAKE)
    assert deng.post("/claims/party/", body | {"party": world.team.code}).status_code == 404
    assert deng.post("/claims/party/", body).json()["state"] == "active"
    assert Claim.objects.get().places == 2


def test_a_program_of_a_unit_goes_on_with_what_it_claimed_and_no_other_does(world: World) -> None:
    partnered(world)
    offer, post = offers.published(world, places=2), offers.published(world, "post")
    numbers = [Person.objects.get(pk=one.person_id).number for one in offers.registered(world, 3)]
    scopes = (Permission.CLAIM_MAKE, Permission.CLAIM_READ)
    deng, dai = program(world, "deng", "bureau", *scopes), program(world, "dai", "second", *scopes)
    body = {"party": world.bureau.code, "persons": numbers[:2]}
    claim = deng.post("/claims/party/", body | {"offer": str(offer.pk)}).json()["id"]
    where, acts = f"/claims/{claim}/", ("persons/", "leave/", "stay/", "confirm/")
    assert [one["number"] for one in deng.get(where).json()["persons"]] == numbers[:2]
    assert dai.get(where).status_code == 404
    others = {"persons": numbers[1:], "before": {"persons": numbers[:2]}}
    assert {dai.post(where + act, others).status_code for act in acts} == {404}
    reader = program(world, "deng", "bureau", Permission.CLAIM_READ)
    assert {reader.post(where + act, others).status_code for act in acts} == {403}
    now = deng.post(f"{where}persons/", others).json()
    assert {one["number"] for one in now["persons"]} == set(numbers[1:])
    assert code_of(deng.post(f"{where}persons/", others))[0] == 409, "it was read before"
    assert code_of(deng.post(f"{where}confirm/", {}))[0] == 409
    assert deng.post(f"{where}leave/", {}).json()["state"] == "left"

    standing = deng.post("/claims/party/", body | {"offer": str(post.pk)}).json()["id"]
    an = program(world, "an", "willow")
    an.post("/claims/decide/", {"claims": [standing], "approve": True})
    where = f"/claims/{standing}/"
    assert code_of(deng.post(f"{where}leave/", {})) == (409, "reason.missing")
    asked = deng.post(f"{where}leave/", {"reason": "人员调整"}).json()
    assert asked["state"] == "exit-requested"
    assert deng.post(f"{where}stay/", {}).json()["state"] == "active"


def test_no_program_acts_on_the_own_claim_of_whoever_has_the_token(world: World) -> None:
    offer = offers.published(world)
    [claim] = offers.claimed(offer, offers.registered(world, 1)[0])
    deng = program(world, "deng", "bureau", Permission.CLAIM_MAKE, Permission.CLAIM_READ)
    assert deng.get(f"/claims/{claim.pk}/").json()["state"] == "active"
    assert deng.post(f"/claims/{claim.pk}/leave/", {}).status_code == 404
