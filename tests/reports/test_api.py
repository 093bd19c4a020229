"""Reports over the API: a program of the unit draws one up and submits it, one of the community
acknowledges or returns it."""

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
    submit = f"/reports/{draft['id']}/submit/"
    assert code_of(unit.post(submit, {"name": "邓敏", "seen": "0" * 64})) == (409, "paper.changed")
    sent = unit.post(submit, {"name": "邓敏", "seen": draft["digest"]}).json()
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


def test_a_program_without_the_scope_or_next_door_does_nothing(world: World) -> None:
    partnered(world)
    asked = {"writer": world.bureau.code, "kind": "summary"}
    asked |= {"period": due_period(PeriodSpan.HALF, clock.today()).text}
    unit, bao = program(world, "dai", "bureau"), program(world, "bao", "bridge")
    row = unit.post("/reports/draft/", asked).json()
    draft, signature = row["id"], {"name": "邓敏", "seen": row["digest"]}
    unit.post(f"/reports/{draft}/submit/", signature)
    [came] = program(world, "an", "willow").get("/reports/received/").json()["items"]
    acts = {
        "/reports/draft/": asked,
        f"/reports/{draft}/submit/": signature,
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
