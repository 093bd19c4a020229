"""Registration over the API: the same acts as on the pages, narrowed to what the token may."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from baodao.accounts.commands.grants import grant, revoke
from baodao.accounts.models import Account, ApiToken, Grant
from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.kernel.models import ClientRequest, JournalEntry
from baodao.orgs.commands.policies import set_policy
from baodao.registration.models import Letter, Registration
from baodao.registration.rules.policies import PARTNER, PLACE
from tests import factories
from tests.concurrency import at_once
from tests.programs import BASE, code_of, ids, program
from tests.registration import steps
from tests.world import World

READ = Permission.REGISTRATION_READ
NOWHERE = {"grid": None, "team": None}


def one(registration: Registration) -> dict[str, list[str]]:
    return {"registrations": [str(registration.pk)]}


def test_the_road_from_the_letter_to_its_end(world: World) -> None:
    unit, community = program(world, "deng", "bureau"), program(world, "an", "willow")
    chen = world.people["chen"]
    issued = unit.post("/letters/", {"persons": [chen.number]}).json()["done"][0]
    assert (issued["state"], issued["letter"]) == ("issued", f"〔{clock.today().year}〕001号")
    assert community.get("/registrations/").json()["items"] == []
    chosen = {"registrations": [issued["id"]]}
    assert unit.post("/registrations/present/", chosen).json()["done"][0]["state"] == "submitted"
    assert ids(community.get("/registrations/")) == [issued["id"]]
    path = f"/registrations/{issued['id']}"
    assert community.post(f"{path}/return/", {"reason": "地址不符"}).json()["state"] == "returned"
    assert unit.get(f"{path}/").json()["returned_reason"] == "地址不符"
    unit.post("/registrations/present/", chosen)
    accepted = community.post("/registrations/accept/", chosen).json()["done"][0]
    assert accepted["receipt"] == f"〔{clock.today().year}〕001号"
    in_grid = {"grid": world.grid.code, "team": None}
    placed = community.post(f"{path}/place/", in_grid | {"before": NOWHERE}).json()
    assert (placed["grid"]["name"], placed["team"]) == ("第一网格", None)
    ending = {"reason": "retired", "ended_on": clock.today().isoformat()}
    ended = unit.post(f"{path}/end/", ending).json()
    assert (ended["state"], ended["ended_reason"]) == ("ended", "retired")
    told = [item["sentence"] for item in unit.get(f"{path}/timeline/").json()["items"]]
    assert told[0].startswith("Letter 〔")
    assert told[-1].startswith("Ended on ")
    assert len(told) == 7


def test_a_letter_is_withdrawn_by_its_unit_and_by_no_other(world: World) -> None:
    row = steps.issued(world)
    path, why = f"/registrations/{row.pk}/withdraw/", {"reason": "开错了"}
    assert code_of(program(world, "an", "willow").post(path, why)) == (403, "scope.missing")
    dai = program(world, "dai", "second")
    assert code_of(dai.post(path, why)) == (404, "absent")
    assert steps.fresh(row).state == "issued"
    assert program(world, "dai", "bureau").post(path, why).json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("return", {"reason": "地址不符"}),
        ("place", NOWHERE | {"before": NOWHERE}),
        ("end", {"reason": "moved", "ended_on": "2026-01-01"}),
    ],
)
def test_the_community_next_door_finds_nothing(
    world: World, act: str, body: dict[str, object]
) -> None:
    row = steps.submitted(world)
    bao = program(world, "bao", "bridge")
    theirs = bao.post(f"/registrations/{row.pk}/{act}/", body)
    nobody_s = bao.post(f"/registrations/{uuid4()}/{act}/", body)
    assert (theirs.status_code, theirs.content) == (404, nobody_s.content)
    own = program(world, "an", "willow").post(f"/registrations/{row.pk}/{act}/", body)
    assert own.status_code in (200, 409)


def test_a_batch_with_a_row_out_of_scope_does_nothing_at_all(world: World) -> None:
    here = steps.submitted(world)
    other = factories.member("外社区", world.first, home_community=world.bridge)
    there = steps.submitted(world, other)
    both = {"registrations": [str(here.pk), str(there.pk)]}
    an = program(world, "an", "willow")
    assert code_of(an.post("/registrations/accept/", both)) == (404, "absent")
    assert steps.fresh(here).state == "submitted"
    assert len(an.post("/registrations/accept/", one(here)).json()["done"]) == 1


def test_a_missing_scope_is_told_whether_or_not_the_row_exists(world: World) -> None:
    row = steps.submitted(world)
    reader, why = program(world, "an", "willow", READ), {"reason": "地址不符"}
    there = reader.post(f"/registrations/{row.pk}/return/", why)
    nowhere = reader.post(f"/registrations/{uuid4()}/return/", why)
    assert code_of(there) == (403, "scope.missing")
    assert there.content == nowhere.content
    assert reader.get(f"/registrations/{row.pk}/").status_code == 200


def test_a_token_for_one_branch_sees_that_branch_alone(world: World) -> None:
    first = steps.issued(world)
    other = steps.issued(
        world, factories.member("二支部", world.second, home_community=world.willow)
    )
    whole = program(world, "deng", "bureau", READ)
    branch = program(world, "deng", "second", READ)
    assert set(ids(whole.get("/registrations/"))) == {str(first.pk), str(other.pk)}
    assert ids(branch.get("/registrations/")) == [str(other.pk)]
    assert branch.get(f"/registrations/{first.pk}/").status_code == 404
    assert branch.get(f"/registrations/{first.pk}/timeline/").status_code == 404


def test_a_supervisor_s_token_reads_and_writes_nothing(world: World) -> None:
    row = steps.submitted(world)
    fan = program(world, "fan", "east")
    assert ids(fan.get("/registrations/")) == [str(row.pk)]
    for path, body in (
        ("/letters/", {"persons": [world.people["chen"].number]}),
        ("/registrations/accept/", one(row)),
        (f"/registrations/{row.pk}/return/", {"reason": "x"}),
        (f"/registrations/{row.pk}/withdraw/", {"reason": "x"}),
    ):
        assert code_of(fan.post(path, body)) == (403, "scope.missing")
    assert steps.fresh(row).state == "submitted"


def test_rights_withdrawn_are_gone_at_the_next_request(world: World) -> None:
    row = steps.submitted(world)
    an = program(world, "an", "willow")
    assert an.get(f"/registrations/{row.pk}/").status_code == 200
    held = Grant.objects.get(account=world.accounts["an"])
    Account.objects.filter(username="an").update(made_by=world.accounts["shen"])
    revoke(world.actor("shen"), grant_id=held.pk, reason="调岗")
    assert code_of(an.get(f"/registrations/{row.pk}/")) == (403, "scope.missing")
    assert code_of(an.post("/registrations/accept/", one(row))) == (403, "scope.missing")
    grant(
        world.actor("shen"), account_id=world.accounts["an"].pk, role=Role.SUPERVISOR,
        organisation_id=world.willow_street.pk, basis="任命", until_on=None,
    )  # fmt: skip
    assert an.get(f"/registrations/{row.pk}/").status_code == 200
    assert code_of(an.post("/registrations/accept/", one(row))) == (403, "scope.missing")


def test_a_member_s_own_matters_are_not_open_to_the_token_of_their_office(world: World) -> None:
    """Chen is a member of one unit and a worker of a community elsewhere."""
    row = steps.issued(world)
    shen, chen = world.actor("shen"), world.accounts["chen"]
    grant(
        shen, account_id=chen.pk, role=Role.COMMUNITY_WORKER, organisation_id=world.bridge.pk,
        basis="任命", until_on=None,
    )  # fmt: skip
    office = program(world, "chen", "bridge")
    assert office.get("/registrations/").json()["items"] == []
    assert code_of(office.get(f"/registrations/{row.pk}/")) == (404, "absent")


def test_nobody_receives_themselves_by_a_token_either(world: World) -> None:
    row = steps.submitted(world)
    grant(
        world.actor("shen"), account_id=world.accounts["chen"].pk, role=Role.COMMUNITY_WORKER,
        organisation_id=world.willow.pk, basis="任命", until_on=None,
    )  # fmt: skip
    answer = program(world, "chen", "willow").post("/registrations/accept/", one(row)).json()
    assert [left["code"] for left in answer["refused"]] == ["registration.own"]
    assert answer["done"] == []


def test_a_batch_names_who_was_done_and_who_was_not(world: World) -> None:
    row = steps.accepted(world)
    other = steps.members(world, 1)[0]
    answer = program(world, "deng", "bureau").post(
        "/letters/", {"persons": [row.person.number, other.number]}
    )
    told = answer.json()
    assert answer.status_code == 200
    assert [one["person"] for one in told["done"]] == [{"number": other.number, "name": other.name}]
    assert told["refused"][0]["name"] == "陈晓宇（第一党支部）"
    assert told["refused"][0]["code"] == "registration.second"
    assert "柳荫社区" in told["refused"][0]["message"]


def test_letters_go_where_they_are_told_or_where_the_setting_says(world: World) -> None:
    deng, people = program(world, "deng", "bureau"), steps.members(world, 3)
    to_home = deng.post("/letters/", {"persons": [people[0].number]}).json()["done"][0]
    told = deng.post("/letters/", {"persons": [people[1].number], "community": world.bridge.code})
    assert to_home["community"]["code"] == world.willow.code
    assert told.json()["done"][0]["community"]["code"] == world.bridge.code
    set_policy(world.actor("deng"), organisation_id=world.bureau.pk, policy=PLACE, value=PARTNER)
    without = deng.post("/letters/", {"persons": [people[2].number]}).json()
    assert without["refused"][0]["code"] == "letter.no-partner"
    street = {"persons": [people[2].number], "community": world.willow_street.code}
    assert code_of(deng.post("/letters/", street)) == (409, "community.not-open")
    unknown = {"persons": [people[2].number], "community": "990102001999"}
    assert code_of(deng.post("/letters/", unknown)) == (404, "absent")


def test_a_person_of_another_unit_does_not_exist(world: World) -> None:
    deng = program(world, "deng", "bureau")
    body = {"persons": [world.people["chen"].number, world.people["hao"].number]}
    answer = deng.post("/letters/", body)
    unknown = deng.post("/letters/", {"persons": [world.people["chen"].number, "V99999999"]})
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert not Letter.objects.exists()


def test_a_rule_that_says_no_is_told_with_its_code_and_what_to_do(world: World) -> None:
    row = steps.issued(world)
    answer = program(world, "an", "willow").post(
        f"/registrations/{row.pk}/return/", {"reason": "地址不符"}
    )
    assert code_of(answer) == (409, "registration.issued")
    assert "presents it first" in answer.json()["message"]
    moved = {"reason": "transferred", "ended_on": clock.today().isoformat()}
    ending = program(world, "deng", "bureau").post(f"/registrations/{row.pk}/end/", moved)
    assert code_of(ending) == (409, "registration.end-is-transfer")


def test_both_grid_and_team_are_named(world: World) -> None:
    row = steps.accepted(world)
    an, path = program(world, "an", "willow"), f"/registrations/{row.pk}/place/"
    left_out = an.post(path, {"grid": world.grid.code, "before": NOWHERE})
    assert (left_out.status_code, left_out.json()["field"]) == (422, "team")
    elsewhere = an.post(path, {"grid": world.bridge.code, "team": None, "before": NOWHERE})
    assert code_of(elsewhere) == (409, "registration.place-elsewhere")
    placement = {"grid": world.grid.code, "team": world.team.code, "before": NOWHERE}
    assert an.post(path, placement).status_code == 200


def test_a_program_that_read_the_former_placement_overwrites_nothing(world: World) -> None:
    row = steps.accepted(world)
    an, path = program(world, "an", "willow"), f"/registrations/{row.pk}/place/"
    first = {"grid": world.grid.code, "team": None, "before": NOWHERE}
    assert an.post(path, first).status_code == 200
    late = {"grid": None, "team": world.team.code, "before": NOWHERE}
    assert code_of(an.post(path, late)) == (409, "edit.outdated")
    row.refresh_from_db()
    assert (row.grid, row.team) == (world.grid, None)


def test_lists_are_narrowed_and_paged_in_one_order(world: World) -> None:
    rows = [steps.submitted(world, person) for person in steps.members(world, 5)]
    away = steps.submitted(
        world, factories.member("石桥", world.second, home_community=world.bridge)
    )
    deng = program(world, "deng", "bureau")
    first = deng.get("/registrations/", limit=4).json()
    second = deng.get("/registrations/", limit=4, after=first["next"]).json()
    paged = [row["id"] for row in first["items"] + second["items"]]
    assert paged == [str(row.pk) for row in [*rows, away]]
    assert second["next"] is None
    assert ids(deng.get("/registrations/", community=world.bridge.code)) == [str(away.pk)]
    assert ids(deng.get("/registrations/", unit=world.second.code)) == [str(away.pk)]
    assert ids(deng.get("/registrations/", person=away.person.number)) == [str(away.pk)]
    program(world, "an", "willow").post("/registrations/accept/", one(rows[0]))
    assert ids(deng.get("/registrations/", state="accepted")) == [str(rows[0].pk)]
    assert deng.get("/registrations/", limit=201).status_code == 422
    assert deng.get("/registrations/", limit=200).status_code == 200


def test_a_page_takes_as_many_queries_with_two_rows_as_with_twenty(
    world: World, django_assert_num_queries: Any
) -> None:
    deng = program(world, "deng", "bureau")
    for person in steps.members(world, 2):
        steps.submitted(world, person)
    deng.get("/registrations/")
    with django_assert_num_queries(4):
        assert len(ids(deng.get("/registrations/"))) == 2
    more = [
        factories.member(f"再来{i}", world.first, home_community=world.willow) for i in range(18)
    ]
    for person in more:
        steps.submitted(world, person)
    with django_assert_num_queries(4):
        assert len(ids(deng.get("/registrations/"))) == 20


def test_organisations_in_scope_are_found_by_name_pinyin_or_code(world: World) -> None:
    fan = program(world, "fan", "east")
    codes = {row["code"] for row in fan.get("/organisations/", limit=200).json()["items"]}
    assert world.willow.code in codes
    assert world.cloud.code not in codes
    found = fan.get("/organisations/", q="柳荫", kind="community").json()["items"]
    assert [(row["name"], row["above"]) for row in found] == [
        ("柳荫社区", world.willow_street.code)
    ]
    assert fan.get(f"/organisations/{world.willow.code}/").json()["kind"] == "community"
    assert fan.get(f"/organisations/{world.cloud.code}/").status_code == 404
    first = fan.get("/organisations/", limit=3).json()
    rest = fan.get("/organisations/", limit=200, after=first["next"]).json()
    assert {row["code"] for row in first["items"] + rest["items"]} == codes


def test_no_telephone_and_no_identity_number_leaves_by_the_api(world: World) -> None:
    row = steps.accepted(world)
    told = "".join(
        program(world, name, place).get(path).content.decode()
        for name, place in (("deng", "bureau"), ("an", "willow"), ("fan", "east"))
        for path in (
            "/me/", "/organisations/", "/registrations/", f"/registrations/{row.pk}/",
            f"/registrations/{row.pk}/timeline/",
        )
    )  # fmt: skip
    assert row.person.number in told
    assert "陈晓宇" in told
    assert "19900001234" not in told
    assert "990101198005" not in told


def test_what_a_program_does_stands_in_the_journal_under_the_name_it_acts_for(
    world: World,
) -> None:
    row, an = steps.submitted(world), program(world, "an", "willow")
    an.post("/registrations/accept/", one(row))
    entry = JournalEntry.objects.get(about=row.pk, verb="registration.accepted")
    assert (entry.actor_name, entry.account_id) == ("安静", world.accounts["an"].pk)
    assert entry.facts["token"] == ApiToken.objects.get().prefix
    by_hand = steps.accepted(world, steps.members(world, 1)[0])
    written = JournalEntry.objects.get(about=by_hand.pk, verb="registration.accepted")
    assert "token" not in written.facts


def test_the_same_write_again_gives_the_same_answer_and_acts_once(world: World) -> None:
    row, key = steps.submitted(world), uuid4()
    an = program(world, "an", "willow")
    first = an.post("/registrations/accept/", one(row), key)
    again = an.post("/registrations/accept/", one(row), key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert JournalEntry.objects.filter(verb="registration.accepted").count() == 1
    anew = an.post("/registrations/accept/", one(row))
    assert anew.json()["refused"][0]["code"] == "registration.accepted"


def test_another_body_address_or_token_under_the_same_key_is_refused(world: World) -> None:
    row, key = steps.submitted(world), uuid4()
    other = steps.submitted(world, steps.members(world, 1)[0])
    an, an_too = program(world, "an", "willow"), program(world, "an", "willow")
    assert an.post("/registrations/accept/", one(row), key).status_code == 200
    body = an.post("/registrations/accept/", one(other), key)
    assert code_of(body) == (422, "request.reused")
    assert body.json()["field"] == "Idempotency-Key"
    path = f"/registrations/{other.pk}/return/"
    assert code_of(an.post(path, {"reason": "地址不符"}, key)) == (422, "request.reused")
    assert code_of(an_too.post("/registrations/accept/", one(row), key)) == (422, "request.reused")
    deng = program(world, "deng", "bureau")
    assert code_of(deng.post("/registrations/present/", one(row), key)) == (422, "request.reused")
    assert steps.fresh(other).state == "submitted"


def test_the_same_words_for_another_row_are_another_write(world: World) -> None:
    row, key, why = steps.submitted(world), uuid4(), {"reason": "地址不符"}
    other = steps.submitted(world, steps.members(world, 1)[0])
    an = program(world, "an", "willow")
    assert an.post(f"/registrations/{row.pk}/return/", why, key).status_code == 200
    there = an.post(f"/registrations/{other.pk}/return/", why, key)
    assert code_of(there) == (422, "request.reused")
    assert steps.fresh(other).state == "submitted"


@pytest.mark.parametrize("key", ["", "not-a-uuid", "1"])
def test_a_write_without_a_key_does_nothing(world: World, key: str) -> None:
    row = steps.submitted(world)
    an = program(world, "an", "willow")
    headers = {"Authorization": f"Bearer {an.secret}"}
    if key:
        headers["Idempotency-Key"] = key
    answer = Client().post(
        f"{BASE}/registrations/accept/", one(row), "application/json", headers=headers
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "Idempotency-Key")
    assert steps.fresh(row).state == "submitted"


def test_a_refusal_keeps_nothing_so_that_the_key_may_be_sent_again(world: World) -> None:
    row, key = steps.issued(world), uuid4()
    an, why = program(world, "an", "willow"), {"reason": "地址不符"}
    path = f"/registrations/{row.pk}/return/"
    assert code_of(an.post(path, why, key)) == (409, "registration.issued")
    assert not ClientRequest.objects.filter(pk=key).exists()
    program(world, "deng", "bureau").post("/registrations/present/", one(row))
    assert an.post(path, why, key).json()["state"] == "returned"


def test_after_its_right_is_withdrawn_a_program_does_not_even_get_the_old_answer(
    world: World,
) -> None:
    row, key = steps.submitted(world), uuid4()
    an = program(world, "an", "willow")
    assert an.post("/registrations/accept/", one(row), key).status_code == 200
    held = Grant.objects.get(account=world.accounts["an"])
    Account.objects.filter(username="an").update(made_by=world.accounts["shen"])
    revoke(world.actor("shen"), grant_id=held.pk, reason="调岗")
    assert code_of(an.post("/registrations/accept/", one(row), key)) == (403, "scope.missing")


def test_twenty_copies_at_once_issue_one_letter(committed_world: World) -> None:
    world, key = committed_world, uuid4()
    deng = program(world, "deng", "bureau")
    body = {"persons": [world.people["chen"].number]}
    answers = at_once(*[lambda: deng.post("/letters/", body, key)] * 20)
    told = {
        (answer.status_code, answer.content)
        for answer in answers
        if isinstance(answer, HttpResponse)
    }
    assert len(answers) == 20
    assert len(told) == 1
    assert next(iter(told))[0] == 200
    assert Letter.objects.count() == 1
    replayed = [
        one
        for one in answers
        if isinstance(one, HttpResponse) and one.has_header("Idempotency-Replayed")
    ]
    assert len(replayed) == 19


def test_twenty_copies_with_keys_of_their_own_are_twenty_writes(committed_world: World) -> None:
    """The negative control: without the key the others would have been refused by the rule."""
    world = committed_world
    deng = program(world, "deng", "bureau")
    body = {"persons": [world.people["chen"].number]}
    answers = at_once(*[lambda: deng.post("/letters/", body)] * 20)
    done = [len(one.json()["done"]) for one in answers if isinstance(one, HttpResponse)]
    assert sorted(done) == [0] * 19 + [1]


def test_a_token_past_its_day_reads_nothing(world: World) -> None:
    deng = program(world, "deng", "bureau")
    assert deng.get("/registrations/").status_code == 200
    with clock.at(clock.now() + timedelta(days=400)):
        assert code_of(deng.get("/registrations/")) == (401, "token.over")
