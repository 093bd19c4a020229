"""Needs over the API: the pages' acts, narrowed to what a token may."""

from typing import Any
from uuid import uuid4

from baodao.kernel.authz import Permission
from baodao.needs.commands.requests import collect
from baodao.needs.models import Need
from baodao.needs.rules.requests import CONSENT, NeedFacts
from tests.agenda.test_parties import partnered
from tests.needs import steps
from tests.programs import Program, code_of, ids, program
from tests.world import World

NEED = {
    "id", "state", "community", "item", "unit", "source", "category", "urgency", "text", "place",
    "offer", "merged_into", "collected_at", "screened_at", "opened_at", "closed_at", "reason",
    "satisfied",
}  # fmt: skip


def an(world: World, *scopes: Permission) -> Program:
    return program(world, "an", "willow", *scopes)


def asking(world: World, **told: Any) -> dict[str, Any]:
    return {"community": world.willow.code, "text": "楼道灯坏了", "category": "convenience"} | told


def test_a_need_goes_from_the_window_to_its_end(world: World) -> None:
    token = an(world)
    made = token.post("/needs/", asking(world, source="visit", urgency="soon")).json()
    assert (made["state"], made["source"], made["urgency"]) == ("collected", "visit", "soon")
    path = f"/needs/{made['id']}"
    told = {"category": "environment", "urgency": "urgent", "place": "3号楼"}
    before = {name: made[name] for name in told}
    unlike = told | {"before": before | {"place": "4号楼"}}
    assert code_of(token.post(f"{path}/screen/", unlike)) == (409, "edit.outdated")
    taken = token.post(f"{path}/screen/", told | {"before": before}).json()
    assert (taken["state"], taken["category"], taken["place"]) == (
        "screened", "environment", "3号楼",
    )  # fmt: skip
    assert code_of(token.post(f"{path}/close/", {"met": False})) == (409, "need.reason")
    closed = token.post(f"{path}/close/", {"met": False, "reason": "物业已报修"}).json()
    assert (closed["state"], closed["reason"]) == ("unmet", "物业已报修")
    assert code_of(token.post(f"{path}/close/", {"met": True})) == (409, "need.unmet")
    assert token.get(f"{path}/").json() == closed
    assert Need.objects.get().collected_by == "安静"


def test_a_need_is_put_right_merged_and_opened_again(world: World) -> None:
    token = an(world)
    first, again = (steps.need(world, "screened") for _ in range(2))
    about = {"category": "policy", "urgency": "urgent", "place": "5号楼"}
    read = token.get(f"/needs/{first.pk}/").json()
    before = {name: read[name] for name in about}
    right = token.post(f"/needs/{first.pk}/correct/", about | {"before": before}).json()
    assert {name: right[name] for name in about} == about
    late = token.post(f"/needs/{first.pk}/correct/", {**before, "before": before})
    assert code_of(late) == (409, "edit.outdated")
    assert "category, urgency, place" in late.json()["message"]
    assert token.get(f"/needs/{first.pk}/").json() == right
    path = f"/needs/{again.pk}/merge/"
    assert code_of(token.post(path, {"into": str(again.pk)})) == (409, "need.itself")
    assert code_of(token.post(path, {"into": str(uuid4())})) == (404, "absent")
    assert token.post(path, {"into": str(first.pk)}).json() == right
    assert token.get(f"/needs/{again.pk}/").json()["merged_into"] == right["id"]
    path = f"/needs/{first.pk}/reopen/"
    assert code_of(token.post(path, None)) == (409, "need.screened")
    token.post(f"/needs/{first.pk}/close/", {"met": True})
    assert token.post(path, None).json()["state"] == "screened"


def test_who_asked_and_their_code_do_not_leave_by_the_api(world: World) -> None:
    facts = NeedFacts("请人帮忙搬旧家具", "convenience", asker="云雀阿姨", phone="19900008888",
                  consent=CONSENT)  # fmt: skip
    need = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    token = an(world)
    closed = token.post(f"/needs/{need.pk}/close/", {"met": True})
    answers = [token.get("/needs/"), token.get(f"/needs/{need.pk}/"), closed]
    told = "".join(answer.content.decode() for answer in answers)
    assert "请人帮忙搬旧家具" in told
    assert [one for one in ("云雀", "19900008888", need.code) if one in told] == []
    assert set(closed.json()) == NEED
    left = token.post("/needs/", asking(world, asker="云雀阿姨", phone="19900008888")).json()
    assert set(left) == NEED | {"code"}
    kept = Need.objects.get(pk=left["id"])
    assert (kept.asker, kept.phone_sealed, kept.code) == ("", None, left["code"])


def test_the_community_next_door_finds_no_need(world: World) -> None:
    need, bao = steps.need(world), program(world, "bao", "bridge")
    screening = {"category": "policy", "urgency": "soon", "place": ""}
    acts = {
        "screen": screening | {"before": {name: getattr(need, name) for name in screening}},
        "correct": screening | {"before": screening},
        "close": {"met": True},
        "reopen": None,
        "merge": {"into": str(uuid4())},
    }
    for act, body in acts.items():
        theirs = bao.post(f"/needs/{need.pk}/{act}/", body)
        nobody_s = bao.post(f"/needs/{uuid4()}/{act}/", body)
        assert (theirs.status_code, theirs.content) == (404, nobody_s.content)
    assert bao.get(f"/needs/{need.pk}/").status_code == 404
    assert bao.get("/needs/", community=world.willow.code).json()["items"] == []
    assert code_of(bao.post("/needs/", asking(world))) == (404, "absent")
    assert steps.fresh(need).state == "collected"
    assert ids(an(world).get("/needs/")) == [str(need.pk)]
    assert an(world).post(f"/needs/{need.pk}/screen/", acts["screen"]).json()["state"] == "screened"


def test_a_program_of_a_unit_reads_what_it_may_help_with_and_nothing_raw(world: World) -> None:
    raw, open_to_help = steps.need(world), steps.need(world, "screened")
    steps.need(world, "screened", community=world.bridge)
    unit = program(world, "deng", "bureau", Permission.NEED_READ)
    assert unit.get("/needs/partner/", unit=world.bureau.code).json()["items"] == []
    partnered(world)
    page = unit.get("/needs/partner/", unit=world.bureau.code).json()
    assert [row["id"] for row in page["items"]] == [str(open_to_help.pk)]
    assert set(page["items"][0]) == NEED
    assert unit.get(f"/needs/{raw.pk}/").status_code == 404
    other = program(world, "bao", "bridge")
    assert other.get("/needs/partner/", unit=world.bureau.code).json()["items"] == []


def test_needs_are_narrowed_by_state_and_community_and_paged(world: World) -> None:
    rows = [steps.need(world) for _ in range(3)]
    met = steps.need(world, "met")
    away = steps.need(world, community=world.bridge)
    fan = program(world, "fan", "east")
    first = fan.get("/needs/", limit=2).json()
    rest = fan.get("/needs/", limit=10, after=first["next"])
    assert [row["id"] for row in first["items"]] + ids(rest) == [
        str(row.pk) for row in [*rows, met, away]
    ]
    assert ids(fan.get("/needs/", state="met")) == [str(met.pk)]
    assert ids(fan.get("/needs/", community=world.bridge.code)) == [str(away.pk)]
    assert fan.get("/needs/", state="lost").status_code == 422
    assert code_of(fan.post(f"/needs/{met.pk}/close/", {"met": True})) == (403, "scope.missing")
