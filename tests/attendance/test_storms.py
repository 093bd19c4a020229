"""Storms: copies of a batch at the same moment, codes and keys made up by the thousand."""

import random
from dataclasses import replace

from baodao.attendance.commands.lines import note_lines
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import code_now, presences
from baodao.attendance.queries.doors import door_by_code
from baodao.attendance.queries.lines import code_of, pack_key, pack_of, typed_sheet
from baodao.attendance.rules.check_ins import CheckSide, CheckWay
from baodao.attendance.rules.lines import SpotLine
from baodao.attendance.rules.row_codes import ROW_SIGNS, SIGNS, check_sign
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.ids import new_id
from tests.concurrency import at_once
from tests.offers import steps
from tests.world import World

COPIES = 6
FORGERIES = 2_000


def test_copies_of_a_batch_at_the_same_moment_are_taken_once(committed_world: World) -> None:
    """The control: the same lines with ids of their own are other lines, and end in other rows."""
    world = committed_world
    offer = steps.published(world, places=9)
    members = steps.registered(world, 9)
    came = int(steps.hour(at=9).timestamp())
    lines = [
        SpotLine(new_id(), CheckSide.ARRIVAL, came, code=code_of(offer, claim.seats.get()))
        for claim in steps.claimed(offer, *members)
    ]
    an = world.actor("an")

    def deliver(copy: list[SpotLine]) -> object:
        with clock.at(steps.hour(at=12)):
            return note_lines(an, offer_id=offer.pk, lines=copy, way=CheckWay.PHONE)

    copies = [random.Random(copy).sample(lines, len(lines)) for copy in range(COPIES)]
    answers = at_once(*[lambda copy=copy: deliver(copy) for copy in copies])
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert CheckIn.objects.count() == len(lines)
    before = presences(offer)
    deliver([replace(line, id=new_id()) for line in lines])
    assert CheckIn.objects.count() == 2 * len(lines)
    assert presences(offer) == before, "and the earliest counts all the same"


def test_made_up_codes_and_keys_open_nothing(world: World) -> None:
    """The control: the true ones among them are taken."""
    offer = steps.published(world)
    (member,) = steps.registered(world, 1)
    [held] = steps.claimed(offer, member)
    chance = random.Random(12)
    an, true_row = world.actor("an"), code_of(offer, held.seats.get())

    def refusals(act: object, texts: list[str]) -> list[str]:
        codes = []
        for text in texts:
            try:
                act(text)  # type: ignore[operator]
            except Refused as refused:
                codes.append(refused.code)
        return codes

    def changed(text: str, signs: str) -> str:
        place = chance.randrange(len(text))
        other = chance.choice(signs.replace(text[place], ""))
        return text[:place] + other + text[place + 1 :]

    def made_up(_number: int) -> str:
        signs = true_row[:3] + "".join(chance.choices(SIGNS, k=ROW_SIGNS))
        return signs + check_sign(signs)

    with clock.at(steps.hour(at=9)):
        base32 = "abcdefghijklmnopqrstuvwxyz234567"
        place = code_now(offer)
        forged = [changed(place, base32) for _ in range(FORGERIES)]
        assert refusals(lambda code: door_by_code(member, code), [*forged, place]) == (
            ["check-in.forged"] * FORGERIES
        )
        key = str(pack_of(an, offer)["key"])
        forged = [changed(key, base32) for _ in range(FORGERIES)]
        assert refusals(pack_key, [*forged, key]) == ["pack.forged"] * FORGERIES
        rows = [code for code in map(made_up, range(FORGERIES)) if code != true_row]
        sheet = typed_sheet(an, offer, "\n".join([*rows, true_row]))
    assert {refused.code for _row, refused in sheet.faults} == {"row-code.unknown"}
    assert (len(sheet.faults), len(sheet.lines)) == (len(rows), 1)
