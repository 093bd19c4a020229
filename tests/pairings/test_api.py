"""Pairings over the API: made, read without who is helped, handed over and ended."""

from baodao.offers.models import Offer
from baodao.pairings.models import SealedHousehold
from tests.offers import steps as offered
from tests.pairings import steps
from tests.programs import code_of, program
from tests.world import World


def test_a_program_opens_hands_over_and_ends_a_pairing_and_reads_no_household(
    world: World,
) -> None:
    token, chen = program(world, "an", "willow"), offered.chen(world)
    body = {
        "community": world.willow.code, "title": "陪伴独居老人", "situation": "elderly",
        "rhythm": "weekly", "name": steps.WANG.name, "hardship": steps.WANG.hardship,
        "phone": steps.WANG.phone, "address": steps.WANG.address,
    }  # fmt: skip
    made = token.post("/pairings/", body)
    assert (made.json()["stage"], made.json()["rhythm"]) == ("open", "weekly")
    assert SealedHousehold.objects.get().name == steps.WANG.name
    assert code_of(token.post("/pairings/", body | {"title": "陪王桂兰"})) == (409, "offer.names")
    offer = Offer.objects.get()
    claim = steps.paired(world, offer, chen)
    listed = token.get("/pairings/", community=world.willow.code, stage="going")
    assert listed.json()["items"][0]["due_on"] == steps.days(7).isoformat()
    gone = token.post(f"/pairings/claims/{claim.pk}/hand-over/", {"reason": "出差"})
    assert gone.json()["stage"] == "open"
    over = token.post(f"/pairings/{offer.pk}/end/", {"reason": "moved"})
    assert over.json()["stage"] == "over"
    answers = f"{made.content!r}{listed.content!r}{gone.content!r}{over.content!r}".encode()
    words = answers.decode("unicode_escape", "replace") + made.content.decode()
    assert not [secret for secret in steps.SECRETS if secret in words]
