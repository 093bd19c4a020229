"""Service records over the API: records with their reversals, entering, statements; narrowed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.people.models import Membership, Person
from baodao.rosters.commands.rows import close_memberships
from baodao.statements.commands.entries import enter
from baodao.statements.models import Statement
from tests import factories
from tests.ledger import steps
from tests.programs import Program, code_of, ids, program
from tests.registration import steps as road
from tests.world import World

RECORD = {
    "id", "person", "community", "served_on", "began_at", "ended_at", "minutes", "category", "way",
    "place", "result", "offer", "title", "origin", "recorded_at", "reverses", "supersedes",
    "reversed", "reason",
}  # fmt: skip
STATEMENT = {
    "id", "state", "person", "community", "served_on", "began_at", "minutes", "category", "way",
    "place", "result", "stated_at", "reason", "record",
}  # fmt: skip


def an(world: World, *scopes: Permission) -> Program:
    return program(world, "an", "willow", *scopes)


def service(person: Person, **told: Any) -> dict[str, Any]:
    return {
        "person": person.number, "served_on": "2026-07-04", "minutes": 60,
        "category": "environment", "way": "post", **told,
    }  # fmt: skip


def entering(world: World, *services: dict[str, Any]) -> dict[str, Any]:
    return {"community": world.willow.code, "services": list(services)}


def address(record: ServiceRecord) -> str:
    return f"/records/{record.community.code}/{record.id}"


def one(*statements: Statement) -> dict[str, list[str]]:
    return {"statements": [str(row.pk) for row in statements]}


def stands(world: World, *persons: Person) -> list[ServiceRecord]:
    """A record of each in An's community."""
    return steps.recorded(world, *(steps.entry(person.pk) for person in persons)).done


def waiting(world: World, person: Person, **told: Any) -> Statement:
    """A statement of theirs to An's community, unless another is said."""
    told = {"community": world.willow, "minutes": 30} | told
    return Statement.objects.create(
        person=person, served_on=steps.DAY, category="culture", way="post", state="waiting", **told
    )


def test_services_are_entered_many_at_once_by_the_numbers_that_members_told(world: World) -> None:
    here, elsewhere = steps.hosted(world), world.people["hao"]
    body = entering(
        world,
        service(here, began_at="2026-07-04T09:00:00+08:00", place="3号楼", result="清扫楼道"),
        service(elsewhere, minutes=90),
        service(here, minutes=30, served_on="2999-01-01"),
    )
    assert an(world).post("/records/", body).json()["field"] == "services.2.served_on"
    body["services"][2]["served_on"] = "2099-01-01"
    answer = an(world).post("/records/", body).json()
    assert [(row["person"]["number"], row["minutes"]) for row in answer["done"]] == [
        (here.number, 60), (elsewhere.number, 90),
    ]  # fmt: skip
    assert [left["code"] for left in answer["refused"]] == ["record.future"]
    first = answer["done"][0]
    assert (first["origin"], first["result"], first["reversed"]) == ("office", "清扫楼道", False)
    assert set(first) == RECORD
    assert ServiceRecord.objects.count() == 2
    assert Notice.objects.filter(kind="record-entered").count() == 2


def test_who_is_registered_elsewhere_or_left_is_recorded_by_number_and_never_named(
    world: World,
) -> None:
    hao, left = world.people["hao"], world.people["chen"]
    last = clock.today()
    rows = Membership.objects.filter(person__in=[hao, left])
    close_memberships(list(rows.values_list("pk", flat=True)))
    with clock.at(clock.now() + timedelta(days=3)):
        days = [f"{day:%Y-%m-%d}" for day in (last, clock.today())]
        body = entering(world, *(service(hao, served_on=day) for day in days))
        answer = an(world).post("/records/", body).json()
    assert [row["served_on"] for row in answer["done"]] == [days[0]]
    [no] = answer["refused"]
    assert (no["name"], no["code"]) == (hao.number, "record.unseen")


def test_an_unknown_number_records_nothing_at_all(world: World) -> None:
    here = steps.hosted(world)
    unknown = {**service(here), "person": "V99999999"}
    assert code_of(an(world).post("/records/", entering(world, service(here), unknown))) == (
        404, "absent",
    )  # fmt: skip
    assert not ServiceRecord.objects.exists()
    assert len(an(world).post("/records/", entering(world, service(here))).json()["done"]) == 1


def test_what_overlaps_is_named_and_the_others_are_recorded(world: World) -> None:
    here, other = steps.hosted(world), world.people["hao"]
    twice = entering(world, service(here), service(here), service(other))
    answer = an(world).post("/records/", twice).json()
    assert len(answer["done"]) == 2
    assert [left["code"] for left in answer["refused"]] == ["record.same"]
    assert "柳荫社区" in answer["refused"][0]["message"]


def test_nobody_enters_or_reverses_their_own_by_a_token_either(world: World) -> None:
    here = steps.hosted(world)
    steps.working_member(world)
    chen = program(world, "chen", "willow")
    answer = chen.post("/records/", entering(world, service(here))).json()
    assert [left["code"] for left in answer["refused"]] == ["record.own"]
    [record] = stands(world, here)
    why = {"reason": "重复"}
    assert code_of(chen.post(f"{address(record)}/reverse/", why)) == (409, "record.own")
    assert an(world).post(f"{address(record)}/reverse/", why).status_code == 200


def test_a_reversal_stands_beside_what_it_undoes(world: World) -> None:
    kept, wrong = stands(world, world.people["chen"], world.people["hao"])
    token = an(world)
    undone = token.post(f"{address(wrong)}/reverse/", {"reason": "人员有误"}).json()
    assert (undone["minutes"], undone["reverses"]) == (-60, str(wrong.id))
    assert undone["reason"] == "人员有误"
    told = {row["id"]: row for row in token.get("/records/").json()["items"]}
    assert [told[str(row.id)]["reversed"] for row in (kept, wrong)] == [False, True]
    assert told[undone["id"]] == undone
    assert sum(row["minutes"] for row in told.values()) == 60
    assert token.get(f"{address(wrong)}/").json() == told[str(wrong.id)]
    again = token.post(f"{address(wrong)}/reverse/", {"reason": "人员有误"})
    assert code_of(again) == (409, "record.reversed")
    assert ServiceRecord.objects.count() == 3


def test_a_reversal_says_why(world: World) -> None:
    [record] = stands(world, world.people["chen"])
    for wrong in ("", "\n", None):
        answer = an(world).post(f"{address(record)}/reverse/", {"reason": wrong})
        assert (answer.status_code, answer.json()["field"]) == (422, "reason")
    assert ServiceRecord.objects.count() == 1


def test_the_community_next_door_finds_no_record(world: World) -> None:
    [record] = stands(world, world.people["chen"])
    bao, why = program(world, "bao", "bridge"), {"reason": "重复"}
    theirs = bao.post(f"{address(record)}/reverse/", why)
    nobody_s = bao.post(f"/records/{world.willow.code}/{uuid4()}/reverse/", why)
    assert (theirs.status_code, theirs.content) == (404, nobody_s.content)
    assert bao.get(f"{address(record)}/").status_code == 404
    assert bao.get(f"/records/{world.bridge.code}/{record.id}/").status_code == 404
    assert bao.get("/records/").json()["items"] == []
    body = entering(world, service(world.people["chen"], minutes=30))
    assert code_of(bao.post("/records/", body)) == (404, "absent")
    assert ServiceRecord.objects.count() == 1
    assert an(world).get(f"{address(record)}/").json()["id"] == str(record.id)


def test_a_unit_reads_what_its_members_did_anywhere_and_writes_nothing(world: World) -> None:
    first, second = world.people["chen"], factories.member("二支部", world.second)
    mine, hers, others = stands(world, first, second, world.people["hao"])
    deng, branch = program(world, "deng", "bureau"), program(world, "deng", "second")
    assert ids(deng.get("/records/")) == [str(mine.id), str(hers.id)]
    assert ids(branch.get("/records/")) == [str(hers.id)]
    assert ids(deng.get("/records/", unit=world.first.code)) == [str(mine.id)]
    assert deng.get(f"{address(others)}/").status_code == 404
    assert branch.get(f"{address(mine)}/").status_code == 404
    assert deng.get(f"{address(mine)}/").status_code == 200
    for path, body in (
        ("/records/", entering(world, service(first))),
        (f"{address(mine)}/reverse/", {"reason": "重复"}),
        ("/statements/confirm/", {"statements": [str(uuid4())]}),
    ):
        assert code_of(deng.post(path, body)) == (403, "scope.missing")
    assert ServiceRecord.objects.count() == 3


def test_a_member_s_own_records_are_not_open_to_the_token_of_their_office(world: World) -> None:
    [record] = steps.recorded(
        world, steps.entry(world.people["chen"].pk), who="bao", where="bridge"
    ).done
    steps.working_member(world)
    office = program(world, "chen", "willow")
    assert office.get("/records/").json()["items"] == []
    assert office.get(f"{address(record)}/").status_code == 404


def test_records_are_narrowed_by_community_person_period_and_origin(world: World) -> None:
    chen, hao = world.people["chen"], world.people["hao"]
    july = steps.record(world, chen)
    august = steps.record(world, hao, served_on=steps.DAY.replace(month=8))
    [away] = steps.recorded(world, steps.entry(chen.pk, minutes=45), who="bao", where="bridge").done
    entered = enter(
        world.actor("an"),
        community_id=world.willow.pk,
        entries=[steps.entry(chen.pk, minutes=15)],
        numbers=[chen.number],
    ).done[0]
    fan = program(world, "fan", "east")
    both = [str(row.id) for row in (july, august, away, entered)]
    assert ids(fan.get("/records/")) == both
    assert ids(fan.get("/records/", community=world.bridge.code)) == [str(away.id)]
    assert ids(fan.get("/records/", person=hao.number)) == [str(august.id)]
    assert ids(fan.get("/records/", since="2026-08-01")) == [str(august.id)]
    until = fan.get("/records/", until="2026-07-04", community=world.willow.code)
    assert ids(until) == [str(july.id), str(entered.id)]
    assert ids(fan.get("/records/", origin="office")) == [str(entered.id)]
    assert fan.get("/records/", since="0001-01-01").json()["field"] == "since"
    first = fan.get("/records/", limit=3).json()
    rest = ids(fan.get("/records/", limit=3, after=first["next"]))
    assert [row["id"] for row in first["items"]] + rest == both


def test_statements_are_confirmed_many_at_once(world: World) -> None:
    first, second = road.members(world, 2)
    fine, same = waiting(world, first), waiting(world, second)
    steps.record(world, second, minutes=30, category="culture")
    token = an(world)
    assert ids(token.get("/statements/")) == [str(fine.pk), str(same.pk)]
    answer = token.post("/statements/confirm/", one(fine, same)).json()
    assert [row["state"] for row in answer["done"]] == ["confirmed"]
    assert [left["code"] for left in answer["refused"]] == ["record.same"]
    assert set(answer["done"][0]) == STATEMENT
    became = token.get(f"/records/{world.willow.code}/{answer['done'][0]['record']}/").json()
    assert (became["origin"], became["minutes"]) == ("statement", 30)
    assert ids(token.get("/statements/")) == [str(same.pk)]


def test_a_statement_goes_back_with_its_reason(world: World) -> None:
    statement = waiting(world, world.people["chen"])
    path, token = f"/statements/{statement.pk}/return/", an(world)
    assert token.post(path, {"reason": ""}).status_code == 422
    told = token.post(path, {"reason": "请写明地点"}).json()
    assert (told["state"], told["reason"], told["record"]) == ("returned", "请写明地点", None)
    assert code_of(token.post(path, {"reason": "请写明地点"})) == (409, "statement.returned")
    assert token.get("/statements/").json()["items"] == []
    assert Notice.objects.filter(kind="statement-returned").count() == 1


def test_the_community_next_door_finds_no_statement(world: World) -> None:
    here = waiting(world, world.people["chen"])
    there = waiting(world, world.people["hao"], community=world.bridge)
    bao, token = program(world, "bao", "bridge"), an(world)
    path = f"/statements/{here.pk}/return/"
    assert code_of(bao.post(path, {"reason": "请写明地点"})) == (404, "absent")
    assert code_of(bao.post("/statements/confirm/", one(here))) == (404, "absent")
    assert ids(bao.get("/statements/")) == [str(there.pk)]
    assert ids(bao.get("/statements/", community=world.willow.code)) == []
    assert code_of(token.post("/statements/confirm/", one(here, there))) == (404, "absent")
    assert not ServiceRecord.objects.exists()
    assert len(token.post("/statements/confirm/", one(here)).json()["done"]) == 1


def test_each_act_needs_its_own_scope(world: World) -> None:
    [record] = stands(world, world.people["chen"])
    statement = waiting(world, world.people["hao"])
    reader = an(world, Permission.RECORD_READ)
    assert ids(reader.get("/records/")) == [str(record.id)]
    for answer in (
        reader.get("/statements/"),
        reader.post("/statements/confirm/", one(statement)),
        reader.post("/records/", entering(world, service(world.people["chen"]))),
        reader.post(f"{address(record)}/reverse/", {"reason": "重复"}),
    ):
        assert code_of(answer) == (403, "scope.missing")
    writer = an(world, Permission.RECORD_CREATE)
    body = entering(world, service(world.people["chen"], minutes=30))
    assert len(writer.post("/records/", body).json()["done"]) == 1
    assert code_of(writer.get("/records/")) == (403, "scope.missing")


def test_the_same_key_records_once_and_another_body_not_at_all(world: World) -> None:
    here, key, token = steps.hosted(world), uuid4(), an(world)
    first = token.post("/records/", entering(world, service(here)), key)
    again = token.post("/records/", entering(world, service(here)), key)
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    other = token.post("/records/", entering(world, service(here, minutes=30)), key)
    assert code_of(other) == (422, "request.reused")
    assert ServiceRecord.objects.count() == 1
    anew = token.post("/records/", entering(world, service(here))).json()
    assert [left["code"] for left in anew["refused"]] == ["record.same"]
    keyless = token.post("/records/", entering(world, service(here, minutes=30)), "no-uuid")
    assert keyless.json()["field"] == "Idempotency-Key"
    assert ServiceRecord.objects.count() == 1


def test_the_same_key_reverses_once(world: World) -> None:
    [record] = stands(world, world.people["chen"])
    key, token = uuid4(), an(world)
    path = f"{address(record)}/reverse/"
    told = [token.post(path, {"reason": "重复"}, key).json()["id"] for _ in range(2)]
    assert told[0] == told[1]
    assert ServiceRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minutes": 0}, "services.0.minutes"),
        ({"minutes": 1441}, "services.0.minutes"),
        ({"way": "walking"}, "services.0.way"),
        ({"served_on": "4 July"}, "services.0.served_on"),
        ({"began_at": "2026-07-04T09:00:00"}, "services.0.began_at"),
        ({"person": "19900001234"}, "services.0.person"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(
    world: World, wrong: dict[str, Any], field: str
) -> None:
    body = entering(world, service(steps.hosted(world)) | wrong)
    answer = an(world).post("/records/", body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert "19900001234" not in answer.content.decode()
    assert not ServiceRecord.objects.exists()


def test_more_than_two_hundred_are_sent_in_two_requests(world: World) -> None:
    services = [service(steps.hosted(world), minutes=1)] * 201
    answer = an(world).post("/records/", entering(world, *services))
    assert (answer.status_code, answer.json()["field"]) == (422, "services")


@pytest.mark.parametrize("path", ["/records/", "/statements/"])
def test_lists_take_as_many_queries_with_two_rows_as_with_twelve(
    world: World, path: str, django_assert_num_queries: Any
) -> None:
    token, people = an(world), road.members(world, 12)
    for person in people[:2]:
        steps.record(world, person)
        waiting(world, person)
    token.get(path)
    with django_assert_num_queries(4):
        assert len(ids(token.get(path))) == 2
    for person in people[2:]:
        steps.record(world, person)
        waiting(world, person)
    with django_assert_num_queries(4):
        assert len(ids(token.get(path))) == 12


def test_entering_twelve_takes_as_many_queries_as_entering_two(
    world: World, django_assert_max_num_queries: Any
) -> None:
    token, people = an(world), road.members(world, 14)
    token.post("/records/", entering(world, service(world.people["hao"])))
    with django_assert_max_num_queries(99) as two:
        token.post("/records/", entering(world, *map(service, people[:2])))
    with django_assert_max_num_queries(len(two)):
        done = token.post("/records/", entering(world, *map(service, people[2:]))).json()["done"]
    assert len(done) == 12


def test_people_are_number_and_name_and_no_telephone_leaves(world: World) -> None:
    chen = world.people["chen"]
    [record] = stands(world, chen)
    waiting(world, chen)
    for name, place in (("an", "willow"), ("deng", "bureau"), ("fan", "east")):
        answer = program(world, name, place).get(f"{address(record)}/")
        assert answer.json()["person"] == {"number": chen.number, "name": chen.name}
        assert set(answer.json()) == RECORD
    told = an(world).get("/statements/").content.decode() + answer.content.decode()
    assert "19900001234" not in told
