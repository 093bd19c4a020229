"""Flags over the API: the pages' acts, narrowed to what a token may."""

from baodao.kernel.authz import Permission
from tests.flags.steps import night_flag
from tests.programs import code_of, program
from tests.world import World


def test_an_authority_asks_a_community_explains_and_the_authority_decides(world: World) -> None:
    row = night_flag(world)
    fan, an = program(world, "fan", "east"), program(world, "an", "willow")
    reader = program(world, "fan", "east", Permission.RECORD_READ)
    [flag] = fan.get("/flags/", state="open").json()["items"]
    assert flag["patterns"] == {"alone": {}, "night": {"hour": "01:40"}}
    assert (flag["id"], flag["person"]["name"]) == (str(row.pk), "陈晓宇")
    assert reader.get("/flags/").status_code == an.get("/flags/").status_code == 403
    assert an.get("/flags/asked/").json()["items"] == []
    asked = fan.post(f"/flags/{row.pk}/ask/", {"words": "为什么在凌晨？"}).json()
    assert (asked["state"], asked["question"]) == ("asked", "为什么在凌晨？")
    [question] = an.get("/flags/asked/").json()["items"]
    assert (question["id"], question["question"]) == (str(row.pk), "为什么在凌晨？")
    assert not question.keys() & {"patterns", "reason", "noted_at"}, "it is asked and not judged"
    words = {"words": "防汛值守，回来补录。"}
    next_door = program(world, "bao", "bridge")
    assert next_door.post(f"/flags/{row.pk}/explain/", words).status_code == 404
    answer = an.post(f"/flags/{row.pk}/explain/", words).json()
    assert (answer["state"], "patterns" in answer) == ("explained", False)
    done = fan.post(f"/flags/{row.pk}/dismiss/", {"words": "值班表相符"})
    assert done.json()["state"] == "dismissed"
    again = fan.post(f"/flags/{row.pk}/dismiss/", {"words": "值班表相符"})
    assert code_of(again) == (409, "flag.dismissed")
