"""A member comes to the service window, or telephones: the community claims for them."""

import pytest

from baodao.claims.commands.window import claim_at_window, claim_for_team
from baodao.claims.models import Claim
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.models import Notice
from tests.offers import steps
from tests.offers.test_api import an as token_of_an
from tests.programs import code_of
from tests.registration.browsing import browser, client_id, text
from tests.teams import steps as teamed
from tests.world import World


def address(world: World, *more: object) -> str:
    parts = ("persons", world.people["chen"].pk, "claim", *more)
    return "/" + "".join(f"{part}/" for part in parts)


def test_the_worker_claims_for_a_member_who_is_told_and_gives_it_up(world: World) -> None:
    chen, offer = steps.chen(world), steps.published(world)
    an = browser(world, "an")
    assert address(world) in an.get(f"/persons/{chen.person_id}/").content.decode()
    page = an.get(address(world))
    assert offer.title in text(page)
    sent = {"client_id": str(client_id(page))}
    after = an.post(address(world, offer.pk), sent, follow=True)
    assert "认领成功" in text(after)
    assert offer.title in text(after)
    an.post(address(world, offer.pk), sent)
    claim = Claim.objects.get()
    assert (claim.person_id, claim.state, claim.branch) == (chen.person_id, "active", world.first)
    entry = JournalEntry.objects.get(verb="claim.made-at-window")
    assert entry.actor_name == world.actor("an").name
    assert Notice.objects.get(kind="claim-made-for-you").person_id == chen.person_id
    assert "窗口代" in text(an.get(f"/offers/{offer.pk}/"))
    mine = browser(world, "chen")
    assert offer.title in text(mine.get("/me/claims/"))
    leave = mine.get(f"/me/claims/{claim.pk}/leave/")
    mine.post(leave.wsgi_request.path, {"client_id": str(client_id(leave))})
    assert steps.states(offer) == ["left"]


def test_rules_limits_and_the_waiting_list_are_those_of_their_own_claim(world: World) -> None:
    chen, an = steps.chen(world), world.actor("an")
    full = steps.published(world, places=1)
    steps.claimed(full, *steps.registered(world, 1))

    def claimed(offer: object) -> str:
        return claim_at_window(an, offer_id=offer.pk, person_id=chen.person_id).state  # type: ignore

    assert claimed(full) == "waiting"
    assert claimed(steps.published(world, "post")) == "applied"
    with pytest.raises(Refused) as refused:
        claimed(full)
    assert refused.value.code == "claim.waiting"
    claimed(steps.published(world, "post", title="二"))
    with pytest.raises(Refused) as refused:
        claimed(steps.published(world, "post", title="三"))
    assert refused.value.code == "claim.most"
    page = browser(world, "an").get(address(world))
    assert "已认领 2 个岗位" in text(page)
    assert full.title not in text(page)
    with pytest.raises(Absent):
        claimed(steps.published(world, "post", where=world.bridge))


@pytest.mark.parametrize("name", ["bao", "chen", "deng", "fan", "gu", "qin", "sun"])
def test_nobody_claims_for_who_is_not_received_by_their_community(world: World, name: str) -> None:
    chen, offer = steps.chen(world), steps.published(world)
    assert browser(world, name).get(address(world)).status_code == 404
    with pytest.raises(Absent):
        claim_at_window(world.actor(name), offer_id=offer.pk, person_id=chen.person_id)
    assert not Claim.objects.exists()


def test_a_program_of_the_community_claims_for_a_member_by_their_number(world: World) -> None:
    steps.chen(world)
    offer, number = steps.published(world), world.people["chen"].number
    body = {"offer": str(offer.pk), "person": number}
    row = token_of_an(world).post("/claims/", body).json()
    assert (row["state"], row["person"]["number"]) == ("active", number)
    assert code_of(token_of_an(world).post("/claims/", body)) == (409, "claim.active")


def test_the_worker_claims_for_a_team_whose_leader_telephoned(world: World) -> None:
    offer, [leader, one, two] = steps.published(world), teamed.team(world, 3)
    an, road = browser(world, "an"), f"/teams/{world.team.pk}/"
    assert f"{road}claim/" in an.get(road).content.decode()
    assert f"{road}claim/{offer.pk}/" in an.get(f"{road}claim/").content.decode()
    page = an.get(f"{road}claim/{offer.pk}/")
    sent = {"client_id": str(client_id(page)), "ids": [str(leader.person_id), str(one.person_id)]}
    after = an.post(page.wsgi_request.path, sent, follow=True)
    assert f"已为{leader.name}、{one.name}保留名额" in text(after)
    claim = Claim.objects.get()
    assert (claim.team, claim.places, claim.state) == (world.team, 2, "active")
    assert JournalEntry.objects.get(verb="claim.made-at-window").actor_name == "安静"
    assert Notice.objects.get(kind="claim-made-for-you").person_id == leader.person_id
    assert Notice.objects.filter(kind="claim-seat-given").count() == 2
    assert offer.title not in text(an.get(f"{road}claim/"))
    assert offer.title in text(teamed.signed_in(leader).get("/team/services/"))
    away = {"offer_id": offer.pk, "organisation_id": world.team.pk, "person_ids": [two.person_id]}
    for name in ("bao", "deng", "fan"):
        with pytest.raises(Absent):
            claim_for_team(world.actor(name), **away)
        assert browser(world, name).get(f"{road}claim/").status_code == 404
    with pytest.raises(Absent):
        claim_for_team(world.actor("an"), **away | {"person_ids": [steps.chen(world).person_id]})
