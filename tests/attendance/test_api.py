"""Who came and who served, told by a program."""

from datetime import datetime, timedelta
from uuid import uuid4

from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import presences
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.ledger.models import ServiceRecord
from baodao.people.models import Membership
from baodao.registration.commands.departures import end
from baodao.rosters.commands.rows import close_memberships
from tests import factories
from tests.needs.steps import fresh
from tests.offers import steps
from tests.offers.answers import answered
from tests.offers.test_api import an, begun, chosen, seated
from tests.programs import code_of, program
from tests.registration import steps as road
from tests.world import World


def test_who_came_is_recorded_by_number_with_minutes_and_needs(world: World) -> None:
    offer = begun(world)
    claims = seated(world, offer, 2)
    met, open_still = (answered(world, offer, "open") for _ in range(2))
    token, path = an(world), f"/offers/{offer.pk}/roll/"
    first = {"persons": [claims[0].person.number], "minutes": 90, "more": True}
    answer = token.post(path, first | {"met": [str(met.pk)]}).json()
    assert answer["came"] == [{"number": claims[0].person.number, "name": claims[0].person.name}]
    assert (answer["offer"]["state"], answer["refused"]) == ("published", [])
    assert [fresh(row).state for row in (met, open_still)] == ["met", "open"]
    last = token.post(path, {"persons": [claims[1].person.number], "minutes": 60}).json()
    assert last["offer"]["state"] == "closed"
    recorded = ServiceRecord.objects.order_by("seq").values_list("minutes", "origin")
    assert list(recorded) == [(90, "list"), (60, "list")]
    assert code_of(token.post(path, first)) == (409, "offer.closed")


def test_who_was_missed_is_added_to_a_closed_list_and_to_no_open_one(world: World) -> None:
    offer = begun(world)
    first, second = seated(world, offer, 2)
    token, path = an(world), f"/offers/{offer.pk}/roll/"
    late = {"persons": [second.person.number], "minutes": 60}
    assert code_of(token.post(f"{path}missed/", late))[0] == 409
    token.post(path, {"persons": [first.person.number], "minutes": 90})
    told = token.post(f"{path}missed/", late).json()
    assert (told["came"][0]["number"], told["offer"]["state"]) == (second.person.number, "closed")
    assert program(world, "bao", "bridge").post(f"{path}missed/", late).status_code == 404
    assert set(ServiceRecord.objects.values_list("minutes", flat=True)) == {60, 90}


def test_a_day_in_a_post_is_recorded_for_those_who_hold_it(world: World) -> None:
    post = steps.published(world, "post", places=3)
    first, second = steps.claimed(post, *steps.registered(world, 2))
    token, path = an(world), "/claims/served/"
    token.post("/claims/decide/", chosen(first, second))
    day = {"on": f"{clock.today():%Y-%m-%d}", "minutes": 90, "result": "调解两起"}
    told = token.post(path, day | {"claims": [str(first.pk), str(second.pk)]}).json()
    assert (len(told["came"]), told["refused"]) == (2, [])
    assert (told["offer"]["id"], told["offer"]["state"]) == (str(post.pk), "published")
    recorded = ServiceRecord.objects.values_list("minutes", "way", "result")
    assert set(recorded) == {(90, "post", "调解两起")}
    activity = seated(world, begun(world), 1)
    for claims, refusal in (
        ([first, *activity], (404, "absent")),
        (activity, (409, "roll.by-list")),
    ):
        body = day | {"claims": [str(claim.pk) for claim in claims]}
        assert code_of(token.post(path, body)) == refusal
    body = day | {"claims": [str(first.pk)]}
    assert program(world, "bao", "bridge").post(path, body).status_code == 404
    assert ServiceRecord.objects.count() == 2


def test_somebody_unknown_here_is_recorded_by_no_roll(world: World) -> None:
    offer = begun(world)
    [claim] = seated(world, offer, 1)
    hao = factories.member("路过", world.office)
    token, path = an(world), f"/offers/{offer.pk}/roll/"
    body = {"persons": [claim.person.number, hao.number], "minutes": 60}
    strange = token.post(path, body)
    unknown = token.post(path, body | {"persons": ["V99999999"]})
    assert (strange.status_code, strange.content) == (404, unknown.content)
    assert not ServiceRecord.objects.exists()
    with clock.at(clock.now() - timedelta(days=1)):
        walked_in = road.accepted(world).person
    told = token.post(path, body | {"persons": [claim.person.number, walked_in.number]}).json()
    assert len(told["came"]) == 2


def test_who_left_roster_and_community_since_is_recorded_by_number(world: World) -> None:
    offer = begun(world)
    with clock.at(clock.now() - timedelta(days=1)):
        left = road.accepted(world)
    body = {"persons": [left.person.number], "minutes": 60}
    with clock.at(clock.now() + timedelta(days=3)):
        today = clock.today()
        end(world.actor("an"), registration_id=left.pk, reason="moved", ended_on=today)
        rows = Membership.objects.filter(person=left.person)
        close_memberships(list(rows.values_list("pk", flat=True)))
        told = an(world).post(f"/offers/{offer.pk}/roll/", body).json()
    assert [row["number"] for row in told["came"]] == [left.person.number]


def test_recording_who_came_needs_its_own_scope(world: World) -> None:
    offer, editor = begun(world), an(world, Permission.OFFER_EDIT, Permission.OFFER_READ)
    [claim] = seated(world, offer, 1)
    body = {"persons": [claim.person.number], "minutes": 60}
    path = f"/offers/{offer.pk}/roll/"
    assert code_of(editor.post(path, body)) == (403, "scope.missing")
    recorder = an(world, Permission.RECORD_CREATE)
    assert len(recorder.post(path, body).json()["came"]) == 1
    assert code_of(recorder.get("/offers/")) == (403, "scope.missing")


def test_a_list_kept_on_the_spot_is_delivered_by_line_and_once(world: World) -> None:
    """The control: the same lines under ids of their own are written down again."""
    offer = steps.published(world)
    steps.claimed(offer, *steps.registered(world, 2))
    keeper, path = an(world), f"/offers/{offer.pk}/lines/"

    def line(at: datetime, ahead: int = 0, **who: str) -> dict[str, object]:
        return {
            "id": str(uuid4()), "side": "arrival", "at": at.isoformat(), "ahead": ahead
        } | who  # fmt: skip

    day_fast = 86_400
    nine, five = steps.hour(at=9), steps.hour(at=5)
    with clock.at(steps.hour(at=12)):
        rows = keeper.get(f"/offers/{offer.pk}/list/").json()["rows"]
        first, second = [row["code"] for row in rows]
        fast = line(nine + timedelta(seconds=day_fast), day_fast, code=first)
        early, nobody = (
            line(five, code=second),
            line(nine, name="何新", tail="0000"),
        )
        body = {"lines": [fast, early, nobody]}
        told = [keeper.post(path, body).json() for _copy in range(2)]
        assert told[0] == told[1]
        assert told[0]["taken"] == [fast["id"]]
        reasons = {row["name"]: row["code"] for row in told[0]["refused"]}
        assert reasons == {early["id"]: "line.early", nobody["id"]: "line.nobody"}
        assert CheckIn.objects.count() == 1
        [presence] = presences(offer).values()
        assert presence.arrived_at == nine
        keeper.post(path, {"lines": [fast | {"id": str(uuid4())}]})
        assert CheckIn.objects.count() == 2
        stranger = program(world, "bao", "bridge", Permission.RECORD_CREATE)
        assert code_of(stranger.post(path, body)) == (404, "absent")
        assert code_of(stranger.get(f"/offers/{offer.pk}/list/")) == (404, "absent")
        both = body | {"lines": [fast | {"at": "yesterday"}]}
        assert keeper.post(path, both).status_code == 422
