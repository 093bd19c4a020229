"""A unit's own registration with its partner community."""

from dataclasses import replace

import pytest

from baodao.documents.queries import issue_of, verified
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.partnership.commands import registrations
from baodao.partnership.commands.registrations import UnitContact
from baodao.partnership.models import UnitRegistration
from baodao.partnership.queries import (
    partner_community,
    unit_registration_of,
    unit_registrations,
    unit_timeline,
)
from tests.world import World

CONTACT = UnitContact("邓敏", "戴文", "010-66660000", resources="会议室", needs="志愿者")


def presented(world: World) -> UnitRegistration:
    return registrations.present(
        world.actor("dai"),
        unit_id=world.bureau.pk,
        community_id=world.willow.pk,
        contact=CONTACT,
    )


def token_of(form: UnitRegistration) -> str:
    issue = issue_of(form.pk, "unit-contact")
    assert issue is not None
    return issue.token


def test_a_unit_presents_its_numbered_form_and_the_community_is_told(world: World) -> None:
    form = presented(world)
    assert (form.state, form.number, form.resources) == ("submitted", 1, "会议室")
    assert Notice.objects.get(organisation=world.willow).kind == "unit-presented"
    paper = verified(token_of(form))
    assert paper is not None
    assert paper.unit == "区城建局机关党委"


def test_the_community_that_accepts_becomes_the_partner(world: World) -> None:
    form = presented(world)
    assert partner_community(world.bureau) is None
    for name in ("bao", "deng", "fan", "gu"):
        with pytest.raises(Absent):
            registrations.accept(world.actor(name), unit_registration_id=form.pk)
    registrations.accept(world.actor("an"), unit_registration_id=form.pk)
    assert partner_community(world.bureau) == world.willow
    assert Notice.objects.get(organisation=world.bureau).kind == "unit-accepted"
    with pytest.raises(Refused, match=r"unit-registration\.accepted"):
        registrations.accept(world.actor("an"), unit_registration_id=form.pk)


def test_a_returned_form_is_presented_again_under_the_next_number(world: World) -> None:
    form = presented(world)
    former = token_of(form)
    registrations.return_to_unit(world.actor("an"), unit_registration_id=form.pk, reason="电话有误")
    again = registrations.present(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        community_id=world.bridge.pk,
        contact=replace(CONTACT, contact_phone="010-66661111"),
    )
    assert (again.pk, again.number, again.state) == (form.pk, 2, "submitted")
    paper = verified(former)
    assert paper is not None
    assert (paper.number[-4:], paper.replaced_by[-4:], paper.valid) == ("001号", "002号", False)
    assert (again.community, again.returned_reason) == (world.bridge, "")
    told = unit_timeline(world.actor("deng"), again)
    assert [item.reason for item in told] == ["", "电话有误", ""]


def test_a_second_form_is_refused_while_one_counts(world: World) -> None:
    form = presented(world)
    with pytest.raises(Refused, match=r"unit-registration\.submitted"):
        presented(world)
    registrations.accept(world.actor("an"), unit_registration_id=form.pk)
    with pytest.raises(Refused, match="柳荫社区"):
        presented(world)


def test_a_contact_that_ended_makes_way_for_another_community(world: World) -> None:
    form = presented(world)
    registrations.accept(world.actor("an"), unit_registration_id=form.pk)
    with pytest.raises(Absent):
        registrations.end(world.actor("an"), unit_registration_id=form.pk, reason="迁址")
    registrations.end(world.actor("deng"), unit_registration_id=form.pk, reason="迁址")
    assert partner_community(world.bureau) is None
    paper = verified(token_of(form))
    assert paper is not None
    assert not paper.valid
    second = presented(world)
    assert second.number == 2
    assert unit_registration_of(world.actor("deng"), world.bureau).answer() == second


def test_only_the_units_own_people_present_it(world: World) -> None:
    for name in ("an", "fan", "chen", "gu"):
        with pytest.raises(Absent):
            registrations.present(
                world.actor(name),
                unit_id=world.bureau.pk,
                community_id=world.willow.pk,
                contact=CONTACT,
            )
    with pytest.raises(Absent):
        registrations.present(
            world.actor("deng"),
            unit_id=world.commission.pk,
            community_id=world.willow.pk,
            contact=CONTACT,
        )


def test_secretary_contact_and_telephone_are_needed(world: World) -> None:
    for field in ("secretary", "contact_name", "contact_phone"):
        with pytest.raises(Refused, match="contact-missing"):
            registrations.present(
                world.actor("deng"),
                unit_id=world.bureau.pk,
                community_id=world.willow.pk,
                contact=replace(CONTACT, **{field: " "}),
            )


def test_the_form_is_read_by_both_sides_and_not_next_door(world: World) -> None:
    form = presented(world)
    for name in ("dai", "an", "fan"):
        assert unit_registrations(world.actor(name)).get() == form
    for name in ("bao", "gu", "chen"):
        assert not unit_registrations(world.actor(name)).exists()
        with pytest.raises(Absent):
            unit_timeline(world.actor(name), form)
