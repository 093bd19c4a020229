"""Requests over the API: a program of the authority asks, one of the unit answers."""

from datetime import timedelta

from baodao.kernel import clock
from tests.programs import ids, program
from tests.world import World


def test_a_request_goes_down_and_its_answer_comes_up_between_programs(world: World) -> None:
    authority, unit = program(world, "fan", "east"), program(world, "dai", "bureau")
    body = {
        "sender": world.east.code,
        "title": "困难党员摸底",
        "basis": "区委组织部通知",
        "period": str(clock.today().year),
        "due_on": str(clock.today() + timedelta(days=5)),
        "receivers": [world.bureau.code],
        "figures": [{"heading": "在职党员数", "figure": "在职党员数"}],
        "questions": [{"label": "困难党员数", "kind": "number"}],
    }
    sent = authority.post("/requests/", body).json()
    assert (sent["doubles"], sent["request"]["figures"][0]["heading"]) == ([], "在职党员数")
    again = authority.post("/requests/", body | {"title": "再次摸底"}).json()
    assert (again["request"], again["doubles"][0]["request"]) == (None, sent["request"]["id"])
    [asks] = unit.get("/requests/lines/").json()["items"]
    said = {"follows": asks["follows"], "fields": {"困难党员数": "3"}, "name": "邓敏"}
    address = f"/requests/lines/{asks['id']}/answer/"
    assert program(world, "bao", "bridge").post(address, said).status_code == 404
    assert authority.post(address, said).status_code == 403, "who asks does not answer"
    report = unit.post(address, said).json()
    assert (report["request"], report["answers"]) == (sent["request"]["id"], {"困难党员数": "3"})
    row = f"/requests/{sent['request']['id']}"
    later = {"until": str(clock.today() + timedelta(days=9))}
    assert authority.post(f"{row}/extend/", later).json()["due_on"] == later["until"]
    ended = authority.post(f"{row}/withdraw/", {"reason": "不再需要"}).json()
    assert ended["withdrawn_at"]
    assert unit.post(f"{row}/withdraw/", {"reason": "不再需要"}).status_code == 403
    assert ids(unit.get("/requests/")) == [sent["request"]["id"]]
