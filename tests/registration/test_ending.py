"""Ending, withdrawing and moving to another community in one act."""

from datetime import timedelta

import pytest
from django.test import Client

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.models import Notice
from baodao.people.models import Membership, Person
from baodao.registration.commands import arrivals, departures
from baodao.registration.models import Letter, Registration
from baodao.registration.queries.registrations import own_registration, registrations_of, timeline
from tests import factories
from tests.permissions.cast import BACKEND
from tests.registration import steps
from tests.world import World


def accepted_days_ago(world: World, days: int) -> Registration:
    with clock.at(clock.now() - timedelta(days=days)):
        return steps.accepted(world)


@pytest.mark.parametrize(("who", "told"), [("an", "bureau"), ("deng", "willow")])
def test_unit_or_community_ends_a_registration_and_the_other_is_told(
    world: World, who: str, told: str
) -> None:
    registration = accepted_days_ago(world, 10)
    day = clock.today() - timedelta(days=3)
    departures.end(
        world.actor(who), registration_id=registration.pk, reason="retired", ended_on=day
    )
    held = steps.fresh(registration)
    assert (held.state, held.ended_on, held.ended_reason) == ("ended", day, "retired")
    assert held.ended_at is not None
    place = world.places[told]
    assert Notice.objects.filter(organisation=place, kind="member-ended").exists()
    assert Notice.objects.filter(person=held.person, kind="registration-ended").exists()


def test_who_died_is_not_written_to(world: World) -> None:
    registration = accepted_days_ago(world, 2)
    departures.end(
        world.actor("deng"),
        registration_id=registration.pk,
        reason="died",
        ended_on=clock.today(),
    )
    assert not Notice.objects.filter(person=registration.person, kind="registration-ended").exists()
    assert steps.fresh(registration).ended_reason == "died"
    assert Membership.objects.get(person=registration.person).ending == "died"
    assert Person.objects.get(pk=registration.person_id).died_on == clock.today()
    assert Notice.objects.filter(organisation=world.willow, kind="member-ended").exists()


@pytest.mark.parametrize("name", ["bao", "fan", "chen", "gu", "sun"])
def test_others_do_not_end_a_registration(world: World, name: str) -> None:
    registration = steps.accepted(world)
    with pytest.raises(Absent):
        departures.end(
            world.actor(name),
            registration_id=registration.pk,
            reason="retired",
            ended_on=clock.today(),
        )
    assert steps.fresh(registration).state == "accepted"


@pytest.mark.parametrize(
    ("days_ago", "code"), [(11, "ends-before-acceptance"), (-1, "ends-in-future")]
)
def test_the_end_lies_between_acceptance_and_today(world: World, days_ago: int, code: str) -> None:
    registration = accepted_days_ago(world, 10)
    with pytest.raises(Refused, match=code):
        departures.end(
            world.actor("an"),
            registration_id=registration.pk,
            reason="moved",
            ended_on=clock.today() - timedelta(days=days_ago),
        )
    assert steps.fresh(registration).state == "accepted"


def test_a_letter_that_was_not_accepted_is_withdrawn_not_ended(world: World) -> None:
    registration = steps.submitted(world)
    with pytest.raises(Refused, match=r"registration\.submitted"):
        departures.end(
            world.actor("an"),
            registration_id=registration.pk,
            reason="moved",
            ended_on=clock.today(),
        )
    departures.withdraw(world.actor("deng"), registration_id=registration.pk, reason="已调离")
    assert steps.fresh(registration).state == "withdrawn"
    assert Notice.objects.filter(organisation=world.willow, kind="member-withdrawn").exists()
    entry = JournalEntry.objects.get(about=registration.pk, verb="registration.withdrawn")
    assert entry.facts["reason"] == "已调离"


def test_an_unpresented_letter_is_withdrawn_without_a_word_to_the_community(world: World) -> None:
    registration = steps.issued(world)
    departures.withdraw(world.actor("deng"), registration_id=registration.pk, reason="写错社区")
    assert not Notice.objects.filter(organisation=world.willow).exists()


def test_only_the_unit_withdraws_and_only_before_acceptance(world: World) -> None:
    registration = steps.submitted(world)
    for name in ("an", "bao", "chen", "fan"):
        with pytest.raises(Absent):
            departures.withdraw(world.actor(name), registration_id=registration.pk, reason="因")
    arrivals.accept(world.actor("an"), registration_ids=[registration.pk])
    with pytest.raises(Refused, match=r"registration\.accepted"):
        departures.withdraw(world.actor("deng"), registration_id=registration.pk, reason="因")


@pytest.mark.parametrize("who", ["chen", "deng", "dai"])
def test_a_transfer_ends_one_and_opens_the_other(world: World, who: str) -> None:
    old = steps.accepted(world)
    new = departures.transfer(
        world.actor(who),
        registration_id=old.pk,
        community_id=world.bridge.pk,
        reason="搬家",
    )
    held = steps.fresh(old)
    assert (held.state, held.ended_reason, held.ended_on) == (
        "ended",
        "transferred",
        clock.today(),
    )
    assert (new.state, new.community, new.moved_from_id) == ("submitted", world.bridge, old.pk)
    assert (new.letter.number, new.letter.unit) == (2, world.bureau)
    assert own_registration(world.actor("chen")) == new
    assert Notice.objects.filter(organisation=world.willow, kind="member-left").exists()
    assert arrivals.accept(world.actor("bao"), registration_ids=[new.pk]).done


def test_a_transfer_before_acceptance_withdraws_the_old_letter(world: World) -> None:
    old = steps.returned(world)
    departures.transfer(
        world.actor("chen"), registration_id=old.pk, community_id=world.bridge.pk, reason="搬家"
    )
    assert steps.fresh(old).state == "withdrawn"
    assert Registration.objects.filter(state="submitted", community=world.bridge).count() == 1


def test_both_stories_tell_of_the_transfer(world: World) -> None:
    old = steps.accepted(world)
    chen = world.actor("chen")
    new = departures.transfer(
        chen, registration_id=old.pk, community_id=world.bridge.pk, reason="搬家"
    )
    assert timeline(chen, old)[-1].reason == "搬家"
    assert "石桥社区" in timeline(chen, old)[-1].sentence
    assert "柳荫社区" in timeline(chen, new)[-1].sentence
    with pytest.raises(Absent):
        timeline(world.actor("an"), new)
    with pytest.raises(Absent):
        timeline(world.actor("bao"), old)


@pytest.mark.parametrize("name", ["an", "bao", "fan", "gu"])
def test_others_do_not_transfer(world: World, name: str) -> None:
    old = steps.accepted(world)
    with pytest.raises(Absent):
        departures.transfer(
            world.actor(name), registration_id=old.pk, community_id=world.bridge.pk, reason="因"
        )
    assert Letter.objects.count() == 1


def test_a_transfer_that_cannot_be_is_refused_whole(world: World) -> None:
    old = steps.accepted(world)
    deng = world.actor("deng")
    for community, code in [(world.willow, "same-community"), (world.grid, "not-open")]:
        with pytest.raises(Refused, match=code):
            departures.transfer(
                deng, registration_id=old.pk, community_id=community.pk, reason="搬家"
            )
    departures.end(deng, registration_id=old.pk, reason="moved", ended_on=clock.today())
    with pytest.raises(Refused, match=r"registration\.ended"):
        departures.transfer(
            deng, registration_id=old.pk, community_id=world.bridge.pk, reason="搬家"
        )
    assert Letter.objects.count() == 1


def test_who_left_the_unit_is_not_transferred_by_it(world: World) -> None:
    old = steps.accepted(world)
    held = Membership.objects.get(person=world.people["chen"])
    held.closed_at = clock.now()
    held.save()
    deng = world.actor("deng")
    with pytest.raises(Absent):
        departures.transfer(
            deng, registration_id=old.pk, community_id=world.bridge.pk, reason="搬家"
        )
    with pytest.raises(Refused, match=r"member\.left"):
        departures.transfer(
            world.actor("chen"), registration_id=old.pk, community_id=world.bridge.pk, reason="搬家"
        )
    Membership.objects.create(
        person=held.person,
        branch=world.office,
        standing="in-service",
        grade="full",
        from_on=clock.today(),
    )
    with pytest.raises(Absent):
        departures.transfer(
            deng, registration_id=old.pk, community_id=world.bridge.pk, reason="搬家"
        )
    assert steps.fresh(old).state == "accepted"
    new = departures.transfer(
        world.actor("chen"), registration_id=old.pk, community_id=world.bridge.pk, reason="搬家"
    )
    assert new.letter.unit == world.commission


def test_the_new_unit_reads_what_the_old_one_began(world: World) -> None:
    registration = steps.accepted(world)
    person = registration.person
    Membership.objects.filter(person=person).update(closed_at=clock.now())
    world.accounts["bai"] = factories.account("白灵", "unit-clerk", world.commission)
    assert not registrations_of(world.actor("bai"), person.pk)
    Membership.objects.create(
        person=person,
        branch=world.office,
        standing="in-service",
        grade="full",
        from_on=clock.today(),
    )
    assert registrations_of(world.actor("bai"), person.pk) == [registration]
    assert not registrations_of(world.actor("bao"), person.pk)


def moved_to_the_commission(world: World) -> tuple[Registration, Actor]:
    """Chen, registered through the bureau, is now a member of the commission; its clerk."""
    registration = accepted_days_ago(world, 10)
    Membership.objects.filter(person=registration.person).update(closed_at=clock.now())
    Membership.objects.create(
        person=registration.person,
        branch=world.office,
        standing="in-service",
        grade="full",
        from_on=clock.today(),
    )
    world.accounts["he"] = factories.account("何书记", Role.UNIT_SECRETARY, world.commission)
    return registration, world.actor("he")


def test_a_new_unit_ends_what_its_member_brought_along(world: World) -> None:
    registration, he = moved_to_the_commission(world)
    departures.end(he, registration_id=registration.pk, reason="moved", ended_on=clock.today())
    assert steps.fresh(registration).state == "ended"


def test_a_new_unit_is_offered_that_on_the_member_s_page(world: World, client: Client) -> None:
    registration, _ = moved_to_the_commission(world)
    client.force_login(world.accounts["he"], backend=BACKEND)
    page = client.get(f"/persons/{registration.person_id}/").content.decode()
    assert f"/registrations/{registration.pk}/end/" in page
    assert client.get(f"/registrations/{registration.pk}/end/").status_code == 200
    client.force_login(world.accounts["bao"], backend=BACKEND)
    assert client.get(f"/registrations/{registration.pk}/end/").status_code == 404
