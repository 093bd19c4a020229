"""Call-ups over the API, from the draft to the stand-down."""

from baodao.callups import tasks
from tests.callups import steps
from tests.offers import steps as offered
from tests.programs import program
from tests.world import World


def test_a_program_calls_fills_a_shift_and_stands_down(world: World) -> None:
    token, member = program(world, "an", "willow"), offered.chen(world)
    words = {
        "caller": world.willow.code, "title": "防汛演练", "reason": steps.REASON, "task": "装沙袋",
        "spot": "社区广场", "starts_at": offered.hour(7, 8).isoformat(),
        "targets": [world.bureau.code],
    }  # fmt: skip
    call = token.post("/callups/", words).json()
    assert call["stage"] == "draft"
    assert token.post(f"/callups/{call['id']}/send/", {}).json()["stage"] == "sending"
    tasks.summon(call["id"])
    [listed] = token.get("/callups/", place=world.willow.code).json()["items"]
    assert listed["stage"] == "open"
    steps.able(steps.CallUp.objects.get(), member)
    shift = {
        "community": world.willow.code, "title": "装沙袋一班", "category": "patrol", "places": 2,
        "starts_at": offered.hour(7, 9).isoformat(), "ends_at": offered.hour(7, 11).isoformat(),
    }  # fmt: skip
    offer = token.post(f"/callups/{call['id']}/posts/", shift).json()["offer"]
    filled = token.post(f"/callups/posts/{offer['id']}/fill/", {}).json()
    assert (filled["placed"], filled["refused"]) == (1, [])
    numbers = token.get(f"/callups/{call['id']}/numbers/")
    assert numbers.json()["able"] == numbers.json()["placed"] == 1
    assert "陈晓宇" not in numbers.content.decode()
    over = token.post(f"/callups/{call['id']}/stand-down/", {"reason": "演练结束"}).json()
    assert over["stage"] == "over"


def test_a_program_writes_supplies_and_takes_a_line_back(world: World) -> None:
    offered.registered(world, 1)
    call, token = steps.sent(world), program(world, "an", "willow")
    here = f"/callups/{call.pk}/supplies/"
    line = {"side": "in", "item": "沙袋", "unit": "只", "amount": "20.5", "party": "街道仓库"}
    came = token.post(here, line).json()["line"]
    assert (came["side"], came["amount"]) == ("in", "20.5")
    out = line | {"side": "out", "amount": "30"}
    assert token.post(here, out).status_code == 409
    assert token.post(here, line | {"amount": "-1"}).status_code == 422
    back = token.post(f"/callups/supplies/{came['id']}/counter/", {"reason": "重复"}).json()["line"]
    assert (back["side"], back["corrects"]) == ("out", came["id"])
    listed = token.get(here).json()["items"]
    assert [row["side"] for row in listed] == ["in", "out"]
    next_door = program(world, "bao", "bridge")
    assert next_door.post(here, line).status_code == 404
    assert next_door.get(here).status_code == 404
