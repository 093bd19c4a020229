"""Menus and orders over the API: the pages' acts, narrowed to what a token may."""

from uuid import uuid4

from baodao.kernel.authz import Permission
from baodao.needs.models import MenuItem, Need
from tests.offers import steps as offered
from tests.orders import steps
from tests.programs import Program, code_of, ids, program
from tests.world import World

DISHES = {"title": "上门理发", "category": "convenience", "schedule": "每周三下午", "weekly": 1}


def an(world: World, *scopes: Permission) -> Program:
    return program(world, "an", "willow", *scopes)


def test_an_order_goes_from_the_menu_to_a_named_member(world: World) -> None:
    token, chen = an(world), offered.chen(world)
    code = world.willow.code
    item = token.post("/menu/", DISHES | {"community": code}).json()
    assert (item["ordered"], item["provider"]["name"]) == (0, "柳荫社区")
    ask = {"community": code, "category": "other", "item": item["id"], "text": "下午在家"}
    need = token.post("/needs/", ask).json()
    assert (need["text"], need["item"]) == ("上门理发：下午在家", item["id"])
    assert code_of(token.post("/needs/", ask)) == (409, "menu.full")
    assert token.get("/menu/", community=code).json()["items"][0]["ordered"] == 1
    row = token.get("/orders/", community=code, stage="asked").json()["items"]
    assert [one["id"] for one in row] == [need["id"]]
    number = world.people["chen"].number
    sent = {"title": "上门理发", "road": "named", "persons": [number]}
    done = token.post(f"/needs/{need['id']}/dispatch/", sent)
    assert done.json()["refused"] == []
    assert token.get("/orders/", community=code).json()["items"][0]["stage"] == "kept"
    again = token.post(f"/offers/{done.json()['offer']}/send/", sent | {"road": "named"})
    assert code_of(again)[0] == 409
    assert chen.person_id is not None
    assert token.post(f"/menu/{item['id']}/end/", {}).json()["id"] == item["id"]
    assert token.get("/menu/", community=code).json()["items"] == []


def test_a_program_of_a_unit_keeps_what_the_unit_serves(world: World) -> None:
    own = steps.item(world)
    deng = program(world, "deng", "bureau", Permission.CLAIM_MAKE, Permission.NEED_READ)
    dai = program(world, "dai", "second", Permission.CLAIM_MAKE)
    body = DISHES | {"community": world.willow.code, "unit": world.bureau.code}
    body |= {"served_by": "理发队三人", "text": "自带工具"}
    assert code_of(deng.post("/menu/", body)) == (409, "menu.no-partner")
    steps.partner(world)
    elsewhere = body | {"community": world.bridge.code}
    assert deng.post("/menu/", elsewhere).status_code == 404
    assert MenuItem.objects.get() == own, "nothing is kept of what was refused"
    item = deng.post("/menu/", body).json()
    assert (item["provider"]["code"], item["served_by"]) == (world.bureau.code, "理发队三人")
    assert item["id"] in ids(deng.get("/menu/", community=world.willow.code))
    assert dai.post("/menu/", body).status_code == 404
    assert dai.post(f"/menu/{item['id']}/end/", {}).status_code == 404
    assert deng.post("/menu/", DISHES | {"community": world.willow.code}).status_code == 404
    assert deng.post(f"/menu/{own.pk}/end/", {}).status_code == 404
    assert deng.post(f"/menu/{item['id']}/end/", {}).json()["id"] == item["id"]


def test_units_are_whistled_for_and_their_answers_read(world: World) -> None:
    steps.partner(world)
    need = steps.ordered(world, steps.item(world))
    token = an(world)
    sent = {"title": "上门理发", "road": "units", "units": [world.bureau.code]}
    assert token.post(f"/needs/{need.pk}/dispatch/", sent).status_code == 200
    [row] = token.get("/whistles/", community=world.willow.code).json()["items"]
    assert (row["unit"]["code"], row["state"]) == (world.bureau.code, "waiting")

    deng = program(world, "deng", "bureau", Permission.CLAIM_MAKE)
    dai = program(world, "dai", "second", Permission.CLAIM_MAKE)
    assert ids(deng.get("/whistles/unit/", unit=world.bureau.code)) == [row["id"]]
    assert ids(dai.get("/whistles/unit/", unit=world.bureau.code)) == []
    answer, reason = f"/whistles/{row['id']}/decline/", {"reason": "近期在外培训"}
    assert dai.post(answer, reason).status_code == 404
    assert token.post(answer, reason).status_code == 403
    assert deng.post(answer, {"reason": ""}).status_code == 422
    told = deng.post(answer, reason).json()
    assert (told["state"], told["reason"]) == ("declined", "近期在外培训")
    assert code_of(deng.post(answer, reason)) == (409, "whistle.answered")


def test_a_token_without_the_scope_and_one_next_door_do_nothing(world: World) -> None:
    need, item = steps.ordered(world, steps.item(world)), steps.item(world)
    sent = {"title": "上门理发", "road": "members"}
    paths = {
        f"/needs/{need.pk}/dispatch/": sent,
        f"/menu/{item.pk}/end/": {},
        "/menu/": DISHES | {"community": world.willow.code},
    }
    reader, bao = an(world, Permission.NEED_READ), program(world, "bao", "bridge")
    for path, body in paths.items():
        assert reader.post(path, body).status_code == 403
        assert bao.post(path, body).status_code == 404
    assert bao.post(f"/offers/{uuid4()}/send/", sent).status_code == 404
    assert bao.get("/orders/", community=world.willow.code).json()["items"] == []
    assert Need.objects.get().state == "collected"
