"""Presenting, accepting, returning and placing: each with its notices, journal and refusals."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.accounts.models import Grant
from baodao.documents.queries import issue_of, verified
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.models import Notice
from baodao.orgs.models import Organisation
from baodao.registration.commands import arrivals, departures, letters, placements, presentations
from baodao.registration.models import Registration, RegistrationStage
from baodao.registration.queries.desks import (
    HostCounts,
    arrival_counts,
    desk,
    groups_of,
    host_counts,
    hosted,
)
from baodao.registration.queries.registrations import own_registration, registrations, timeline
from tests import factories
from tests.registration import steps
from tests.world import World


def kinds(**addressee: object) -> list[str]:
    rows = Notice.objects.filter(**addressee).order_by("created_at", "id")
    return list(rows.values_list("kind", flat=True))


def test_the_member_presents_their_own_letter_and_nobody_elses(world: World) -> None:
    registration = steps.issued(world)
    for name in ("gu", "an", "deng"):
        with pytest.raises(Absent):
            presentations.present(world.actor(name), registration_id=registration.pk)
    presentations.present(world.actor("chen"), registration_id=registration.pk)
    held = steps.fresh(registration)
    assert (held.state, held.as_group) == ("submitted", False)
    assert held.submitted_at is not None


def test_the_unit_reports_a_group_and_each_community_is_told_once(world: World) -> None:
    people = steps.members(world, 4)
    deng = world.actor("deng")
    here = letters.issue_letters(deng, person_ids=[person.pk for person in people[:3]])
    there = letters.issue_letters(deng, person_ids=[people[3].pk], community_id=world.bridge.pk)
    ids = [row.pk for row in [*here.done, *there.done]]
    batch = presentations.present_group(deng, registration_ids=ids)
    assert len(batch.done) == 4
    assert set(Registration.objects.values_list("state", "as_group")) == {("submitted", True)}
    willow = Notice.objects.get(organisation=world.willow)
    assert (willow.kind, willow.facts["count"]) == ("group-presented", 3)
    assert kinds(organisation=world.bridge) == ["group-presented"]


def test_a_group_report_names_who_waits_already(world: World) -> None:
    registration = steps.submitted(world)
    batch = presentations.present_group(world.actor("deng"), registration_ids=[registration.pk])
    assert batch.done == []
    assert [(label, no.code) for label, no in batch.refused] == [
        ("陈晓宇（第一党支部）", "registration.submitted")
    ]


def test_a_community_sees_a_letter_from_its_presentation_on(world: World) -> None:
    registration = steps.issued(world)
    assert registrations(world.actor("an")).count() == 0
    presentations.present(world.actor("chen"), registration_id=registration.pk)
    seen = {name: registrations(world.actor(name)).count() for name in ("an", "deng", "dai", "fan")}
    assert seen == {"an": 1, "deng": 1, "dai": 1, "fan": 1}
    hidden = {name: registrations(world.actor(name)).count() for name in ("bao", "gu", "chen")}
    assert hidden == {"bao": 0, "gu": 0, "chen": 0}
    assert own_registration(world.actor("chen")) == registration


def test_acceptance_numbers_the_receipt_and_tells_member_and_unit(world: World) -> None:
    registration = steps.accepted(world)
    held = steps.fresh(registration)
    assert (held.state, held.accepted_by) == ("accepted", "安静")
    assert (held.receipt_year, held.receipt_number) == (clock.today().year, 1)
    assert kinds(person=world.people["chen"]) == ["letter-issued", "registration-accepted"]
    [arrived] = Notice.objects.filter(organisation=world.bureau)
    assert arrived.kind == "receipts-arrived"
    entry = JournalEntry.objects.get(about=registration.pk, verb="registration.accepted")
    assert (entry.actor_name, entry.scope_id) == ("安静", world.willow.pk)


def test_a_batch_of_receipts_is_one_notice_to_each_unit(world: World) -> None:
    people = steps.members(world, 3)
    other = factories.member("郝二鸣", world.office, home_community=world.willow, pinyin="hao")
    clerk = factories.account("白灵", "unit-clerk", world.commission, username="bai")
    world.accounts["bai"] = clerk
    mine = letters.issue_letters(world.actor("deng"), person_ids=[p.pk for p in people])
    theirs = letters.issue_letters(world.actor("bai"), person_ids=[other.pk])
    ids = [row.pk for row in [*mine.done, *theirs.done]]
    arrivals.accept(world.actor("an"), registration_ids=ids)
    numbers = Registration.objects.order_by("receipt_number").values_list(
        "receipt_number", flat=True
    )
    assert list(numbers) == [1, 2, 3, 4]
    bureau = Notice.objects.get(organisation=world.bureau)
    assert bureau.facts["count"] == 3
    assert Notice.objects.get(organisation=world.commission).facts["count"] == 1


def test_only_a_worker_of_the_community_accepts(world: World) -> None:
    registration = steps.submitted(world)
    for name in ("bao", "deng", "fan", "chen", "gu", "sun"):
        with pytest.raises(Absent):
            arrivals.accept(world.actor(name), registration_ids=[registration.pk])
    assert arrivals.accept(world.actor("an"), registration_ids=[registration.pk]).done


def test_a_letter_of_next_door_in_the_batch_stops_all_of_it(world: World) -> None:
    here = steps.submitted(world)
    person = steps.members(world, 1)[0]
    deng = world.actor("deng")
    [there] = letters.issue_letters(deng, person_ids=[person.pk], community_id=world.bridge.pk).done
    with pytest.raises(Absent):
        arrivals.accept(world.actor("an"), registration_ids=[here.pk, there.pk])
    assert steps.fresh(here).state == "submitted"


def test_a_letter_shown_at_the_desk_is_accepted_at_once(world: World) -> None:
    registration = steps.issued(world)
    arrivals.accept(world.actor("an"), registration_ids=[registration.pk])
    held = steps.fresh(registration)
    assert held.state == "accepted"
    assert held.submitted_at == held.accepted_at


def test_five_are_accepted_and_the_returned_one_is_named(world: World) -> None:
    people = steps.members(world, 5)
    back = steps.returned(world)
    deng, an = world.actor("deng"), world.actor("an")
    rows = letters.issue_letters(deng, person_ids=[person.pk for person in people]).done
    presentations.present_group(deng, registration_ids=[row.pk for row in rows])
    batch = arrivals.accept(an, registration_ids=[*(row.pk for row in rows), back.pk])
    assert len(batch.done) == 5
    [(label, no)] = batch.refused
    assert (label, no.code) == ("陈晓宇（第一党支部）", "registration.returned")
    assert "present it again" in no.text()


def test_a_worker_does_not_receive_themselves(world: World) -> None:
    chen = world.accounts["chen"]
    registration = steps.submitted(world)
    Grant.objects.create(account=chen, role="community-worker", organisation=world.willow)
    [(_, no)] = arrivals.accept(world.actor("chen"), registration_ids=[registration.pk]).refused
    assert no.code == "registration.own"
    assert arrivals.accept(world.actor("an"), registration_ids=[registration.pk]).done


def test_a_return_says_why_and_the_letter_may_be_presented_again(world: World) -> None:
    registration = steps.returned(world)
    held = steps.fresh(registration)
    assert (held.state, held.returned_reason) == ("returned", "地址不符")
    assert "registration-returned" in kinds(person=world.people["chen"])
    assert kinds(organisation=world.bureau) == ["member-returned"]
    presentations.present(world.actor("chen"), registration_id=registration.pk)
    held = steps.fresh(registration)
    assert (held.state, held.returned_reason) == ("submitted", "")
    assert arrivals.accept(world.actor("an"), registration_ids=[registration.pk]).done


def test_a_return_without_a_reason_or_by_others_is_refused(world: World) -> None:
    registration = steps.submitted(world)
    with pytest.raises(Refused, match=r"reason\.missing"):
        arrivals.return_to_member(world.actor("an"), registration_id=registration.pk, reason=" ")
    for name in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            arrivals.return_to_member(
                world.actor(name), registration_id=registration.pk, reason="因"
            )
    assert steps.fresh(registration).state == "submitted"


def test_what_was_accepted_cannot_be_returned(world: World) -> None:
    registration = steps.accepted(world)
    with pytest.raises(Refused, match=r"registration\.accepted"):
        arrivals.return_to_member(world.actor("an"), registration_id=registration.pk, reason="因")


def test_the_receipts_code_verifies_until_the_registration_ends(world: World) -> None:
    registration = steps.accepted(world)
    issue = issue_of(registration.pk, "receipt")
    assert issue is not None
    paper = verified(issue.token)
    assert paper is not None
    assert paper.valid
    assert (paper.unit, paper.holder) == ("柳荫社区", "陈**")
    departures.end(
        world.actor("an"), registration_id=registration.pk, reason="retired", ended_on=clock.today()
    )
    over = verified(issue.token)
    assert over is not None
    assert not over.valid


def test_an_accepted_member_is_placed_in_a_grid_and_team_of_the_community(world: World) -> None:
    registration = steps.accepted(world)
    placements.place(
        world.actor("an"),
        registration_id=registration.pk,
        grid_id=world.grid.pk,
        team_id=world.team.pk,
    )
    held = steps.fresh(registration)
    assert (held.grid, held.team) == (world.grid, world.team)
    assert kinds(person=world.people["chen"])[-1] == "registration-placed"
    placements.place(world.actor("an"), registration_id=registration.pk, grid_id=None, team_id=None)
    assert steps.fresh(registration).grid is None


def test_placing_before_acceptance_or_elsewhere_is_refused(world: World) -> None:
    registration = steps.submitted(world)
    an = world.actor("an")
    with pytest.raises(Refused, match=r"registration\.not-accepted"):
        placements.place(an, registration_id=registration.pk, grid_id=world.grid.pk, team_id=None)
    arrivals.accept(an, registration_ids=[registration.pk])
    for wrong in (world.bridge.pk, world.team.pk):
        with pytest.raises(Refused, match="place-elsewhere"):
            placements.place(an, registration_id=registration.pk, grid_id=wrong, team_id=None)
    Organisation.objects.filter(pk=world.grid.pk).update(closed_at=clock.now())
    with pytest.raises(Refused, match="place-elsewhere"):
        placements.place(an, registration_id=registration.pk, grid_id=world.grid.pk, team_id=None)
    with pytest.raises(Absent):
        placements.place(
            world.actor("bao"), registration_id=registration.pk, grid_id=None, team_id=None
        )


def test_the_timeline_tells_who_when_and_why(world: World) -> None:
    registration = steps.returned(world)
    presentations.present(world.actor("chen"), registration_id=registration.pk)
    arrivals.accept(world.actor("an"), registration_ids=[registration.pk])
    told = timeline(world.actor("deng"), registration)
    assert [item.who for item in told] == ["邓敏", "邓敏", "安静", "陈晓宇", "安静"]
    assert told[2].reason == "地址不符"
    assert [item.at for item in told] == sorted(item.at for item in told)
    assert timeline(world.actor("chen"), registration) == told
    assert timeline(world.actor("an"), registration) == told
    for name in ("bao", "gu"):
        with pytest.raises(Absent):
            timeline(world.actor(name), registration)


def test_stages_say_what_it_was_at_any_instant(world: World) -> None:
    start = clock.midnight(date(2026, 3, 1))
    registration: Registration | None = None
    acts = [
        lambda: steps.issued(world),
        lambda: presentations.present(world.actor("chen"), registration_id=registration.pk),
        lambda: arrivals.return_to_member(
            world.actor("an"), registration_id=registration.pk, reason="因"
        ),
        lambda: presentations.present(world.actor("chen"), registration_id=registration.pk),
        lambda: arrivals.accept(world.actor("an"), registration_ids=[registration.pk]),
    ]
    for day, act in enumerate(acts):
        with clock.at(start + timedelta(days=day)):
            made = act()
        registration = registration or made

    def was(instant: datetime) -> list[str]:
        rows = RegistrationStage.objects.filter(since__lt=instant).exclude(until__lt=instant)
        return list(rows.values_list("state", flat=True))

    states = [was(start + timedelta(days=day, hours=1)) for day in range(5)]
    assert states == [["issued"], ["submitted"], ["returned"], ["submitted"], ["accepted"]]
    assert was(start) == []


def test_the_desk_groups_who_waits_by_unit_the_longest_first(world: World) -> None:
    late, early = steps.members(world, 2)
    other = factories.member("郝二鸣", world.office, home_community=world.willow, pinyin="hao")
    world.accounts["bai"] = factories.account("白灵", "unit-clerk", world.commission)
    start = clock.now() - timedelta(days=9)
    for days, clerk, person in [(0, "deng", early), (2, "bai", other), (4, "deng", late)]:
        with clock.at(start + timedelta(days=days)):
            actor = world.actor(clerk)
            [row] = letters.issue_letters(actor, person_ids=[person.pk]).done
            presentations.present_group(actor, registration_ids=[row.pk])
    steps.accepted(world)
    waiting = desk(world.actor("an"), world.willow)
    grouped = groups_of(waiting)
    assert [group.unit for group in grouped] == [world.bureau, world.commission]
    assert [row.person for row in grouped[0].registrations] == [early, late]
    assert [row.longest for row in waiting] == [start] * 3
    groups = [
        (one.unit, one.count, one.since)
        for one in arrival_counts(world.actor("an"), world.willow).answer()
    ]
    assert groups == [
        (world.bureau.name, 2, start),
        (world.commission.name, 1, start + timedelta(days=2)),
    ]
    assert host_counts(world.actor("an"), world.willow).answer() == HostCounts(
        registered=1, unplaced=1
    )
    assert hosted(world.actor("an"), world.willow).count() == 1
    assert not desk(world.actor("bao"), world.willow).exists()
    assert arrival_counts(world.actor("bao"), world.willow).answer() == []
    assert host_counts(world.actor("bao"), world.willow).answer() == HostCounts(
        registered=0, unplaced=0
    )


def queries_to_accept(world: World, count: int) -> int:
    people = [person.pk for person in steps.members(world, count)]
    rows = letters.issue_letters(world.actor("deng"), person_ids=people).done
    an = world.actor("an")
    with CaptureQueriesContext(connection) as captured:
        batch = arrivals.accept(an, registration_ids=[row.pk for row in rows])
    assert len(batch.done) == count
    return len(captured)


def test_a_hundred_are_accepted_with_as_many_queries_as_ten(world: World) -> None:
    assert queries_to_accept(world, 10) == queries_to_accept(world, 100)
