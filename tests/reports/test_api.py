"""Reports over the API: a program of the unit draws one up and submits it, one of the community
acknowledges or returns it."""

from datetime import timedelta
from uuid import uuid4

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.spans import PeriodSpan, due_period
from tests.programs import code_of, ids, program
from tests.reports.steps import partnered
from tests.world import World


def test_a_report_goes_up_and_comes_back_between_two_programs(world: World) -> None:
    partnered(world)
    unit, community = program(world, "dai", "bureau"), program(world, "an", "willow")
    asked = {"writer": world.bureau.code, "kind": "summary"}
    asked |= {"period": due_period(PeriodSpan.HALF, clock.today()).text}
    key = uuid4()
    draft = unit.post("/reports/draft/", asked, key).json()
    assert (draft["state"], draft["parts"][0]["part"]) == ("draft", "basic")
    assert unit.post("/reports/draft/", asked, key).json()["id"] == draft["id"], "sent twice"
    assert ids(community.get("/reports/")) == []
    sent = unit.post(f"/reports/{draft['id']}/submit/", {"name": "邓敏"}).json()
    assert (sent["state"], sent["signer"]) == ("submitted", "邓敏")
    [came] = community.get("/reports/received/").json()["items"]
    assert (came["report"], came["acknowledged_at"]) == (draft["id"], None)
    assert ids(community.get("/reports/", writer=world.bureau.code)) == [draft["id"]]
    done = community.post("/reports/acknowledge/", {"receipts": [came["id"]]}).json()
    assert ([row["id"] for row in done["done"]], done["refused"]) == ([came["id"]], [])
    [twice] = community.post("/reports/acknowledge/", {"receipts": [came["id"]]}).json()["refused"]
    assert twice["code"] == "report.acknowledged"
    returned = community.post(f"/reports/received/{came['id']}/return/", {"reason": "请补充"})
    assert (returned.json()["state"], returned.json()["remarks"]) == ("returned", "请补充")
    again = unit.post(f"/reports/{draft['id']}/again/", {}).json()
    assert (again["version"], again["state"]) == (2, "draft")


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


def test_a_program_without_the_scope_or_next_door_does_nothing(world: World) -> None:
    partnered(world)
    asked = {"writer": world.bureau.code, "kind": "summary"}
    asked |= {"period": due_period(PeriodSpan.HALF, clock.today()).text}
    unit, bao = program(world, "dai", "bureau"), program(world, "bao", "bridge")
    draft = unit.post("/reports/draft/", asked).json()["id"]
    unit.post(f"/reports/{draft}/submit/", {"name": "邓敏"})
    [came] = program(world, "an", "willow").get("/reports/received/").json()["items"]
    acts = {
        "/reports/draft/": asked,
        f"/reports/{draft}/submit/": {"name": "邓敏"},
        f"/reports/{draft}/again/": {},
        "/reports/acknowledge/": {"receipts": [came["id"]]},
        f"/reports/received/{came['id']}/return/": {"reason": "请补充"},
    }
    reader = program(world, "dai", "bureau", Permission.REPORT_READ)
    for path, body in acts.items():
        assert reader.post(path, body).status_code == 403, path
        assert bao.post(path, body).status_code == 404, path
    assert ids(bao.get("/reports/")) == ids(bao.get("/reports/received/")) == []
    foreign = asked | {"kind": "feedback"}
    assert code_of(unit.post("/reports/draft/", foreign))[0] == 404, "units write no feedback"
