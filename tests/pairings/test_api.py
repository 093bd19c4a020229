"""Pairings over the API: read without who is helped, handed over and ended."""

from tests.offers import steps as offered
from tests.pairings import steps
from tests.programs import program
from tests.world import World


def test_a_program_hands_over_and_ends_a_pairing_and_reads_no_household(
    world: World,
) -> None:
    token, chen = program(world, "an", "willow"), offered.chen(world)
    offer = steps.pairing(world)
    claim = steps.paired(world, offer, chen)
    listed = token.get("/pairings/", community=world.willow.code, stage="going")
    assert listed.json()["items"][0]["due_on"] == steps.days(14).isoformat()
    gone = token.post(f"/pairings/claims/{claim.pk}/hand-over/", {"reason": "出差"})
    assert gone.json()["stage"] == "open"
    over = token.post(f"/pairings/{offer.pk}/end/", {"reason": "moved"})
    assert over.json()["stage"] == "over"
    answers = f"{listed.content!r}{gone.content!r}{over.content!r}".encode()
    words = answers.decode("unicode_escape", "replace") + listed.content.decode()
    assert not [secret for secret in steps.SECRETS if secret in words]
