"""Exemption and delay: requested, decided by another, revoked, over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from baodao.accounts.models import Grant
from baodao.exemptions import commands as exemptions
from baodao.exemptions.commands import ExemptionRequest
from baodao.exemptions.models import Exemption
from baodao.exemptions.queries import effects_in_force, own_exemptions
from baodao.exemptions.queries import exemptions as exemptions_of
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.models import Notice
from baodao.people.models import Membership
from tests.world import World


def asking(world: World, **changes: object) -> ExemptionRequest:
    today = clock.today()
    request = ExemptionRequest(
        person_id=world.people["chen"].pk,
        reason="seconded-away",
        evidence="借调函〔2026〕3号",
        effect="delay",
        from_on=today,
        to_on=today + timedelta(days=90),
    )
    return replace(request, **changes)  # type: ignore[arg-type]


def requested(world: World, **changes: object) -> Exemption:
    return exemptions.request_exemption(world.actor("dai"), request=asking(world, **changes))


def approved(world: World, **changes: object) -> Exemption:
    held = requested(world, **changes)
    return exemptions.decide_exemption(world.actor("deng"), exemption_id=held.pk, approve=True)


def effect_now(world: World) -> str | None:
    return effects_in_force([world.people["chen"].pk]).get(world.people["chen"].pk)


def test_a_request_holds_only_once_the_secretary_approved_it(world: World) -> None:
    held = requested(world)
    assert effect_now(world) is None
    assert Notice.objects.get(organisation=world.bureau).kind == "exemption-requested"
    exemptions.decide_exemption(world.actor("deng"), exemption_id=held.pk, approve=True)
    assert effect_now(world) == "delay"
    assert Notice.objects.get(person=world.people["chen"]).kind == "exemption-approved"


def test_who_asked_does_not_decide_and_a_clerk_never_does(world: World) -> None:
    own = exemptions.request_exemption(world.actor("deng"), request=asking(world))
    with pytest.raises(Refused, match="own-request"):
        exemptions.decide_exemption(world.actor("deng"), exemption_id=own.pk, approve=True)
    for name in ("dai", "an", "bao", "fan", "chen", "gu"):
        with pytest.raises(Absent):
            exemptions.decide_exemption(world.actor(name), exemption_id=own.pk, approve=True)
    assert effect_now(world) is None


def test_a_secretary_does_not_decide_about_themselves(world: World) -> None:
    held = requested(world)
    Grant.objects.create(
        account=world.accounts["chen"], role="unit-secretary", organisation=world.bureau
    )
    with pytest.raises(Refused, match="about-oneself"):
        exemptions.decide_exemption(world.actor("chen"), exemption_id=held.pk, approve=True)


def test_a_refusal_says_why(world: World) -> None:
    held = requested(world)
    with pytest.raises(Refused, match=r"reason\.missing"):
        exemptions.decide_exemption(
            world.actor("deng"), exemption_id=held.pk, approve=False, note=""
        )
    exemptions.decide_exemption(
        world.actor("deng"), exemption_id=held.pk, approve=False, note="材料不全"
    )
    entry = JournalEntry.objects.get(about=held.pk, verb="exemption.refused")
    assert entry.facts["reason"] == "材料不全"
    assert effect_now(world) is None
    with pytest.raises(Refused, match=r"exemption\.refused"):
        exemptions.decide_exemption(world.actor("deng"), exemption_id=held.pk, approve=True)


def test_it_holds_from_its_first_to_its_last_day(world: World) -> None:
    today = clock.today()
    approved(world, from_on=today + timedelta(days=1), to_on=today + timedelta(days=2))
    seen = []
    for days in range(4):
        with clock.at(clock.midnight(today + timedelta(days=days))):
            seen.append(effect_now(world))
    assert seen == [None, "delay", "delay", None]


def test_a_second_is_refused_while_one_counts(world: World) -> None:
    requested(world)
    with pytest.raises(Refused, match=r"exemption\.second"):
        requested(world)


def test_one_that_is_over_makes_way_for_the_next(world: World) -> None:
    today = clock.today()
    over = approved(world, from_on=today - timedelta(days=9), to_on=today - timedelta(days=1))
    approved(world)
    assert Exemption.objects.get(pk=over.pk).state == "revoked"
    assert effect_now(world) == "delay"


def test_the_unit_revokes_with_a_reason_and_it_holds_no_longer(world: World) -> None:
    held = approved(world)
    for name in ("an", "fan", "chen"):
        with pytest.raises(Absent):
            exemptions.revoke_exemption(world.actor(name), exemption_id=held.pk, reason="因")
    exemptions.revoke_exemption(world.actor("dai"), exemption_id=held.pk, reason="提前返回")
    assert effect_now(world) is None
    entry = JournalEntry.objects.get(about=held.pk, verb="exemption.revoked")
    assert (entry.facts["reason"], entry.scope_id) == ("提前返回", world.bureau.pk)
    with pytest.raises(Refused, match=r"exemption\.revoked"):
        exemptions.revoke_exemption(world.actor("dai"), exemption_id=held.pk, reason="因")


def test_only_members_in_service_of_the_own_unit_need_one(world: World) -> None:
    with pytest.raises(Absent):
        requested(world, person_id=world.people["hao"].pk)
    with pytest.raises(Absent):
        exemptions.request_exemption(world.actor("an"), request=asking(world))
    Membership.objects.filter(person=world.people["chen"]).update(standing="retired")
    with pytest.raises(Refused, match="not-in-service"):
        requested(world)


def test_it_is_read_by_the_unit_and_the_member_only(world: World) -> None:
    held = requested(world)
    for name in ("deng", "dai", "fan"):
        assert exemptions_of(world.actor(name)).get() == held
    for name in ("an", "bao", "gu"):
        assert not exemptions_of(world.actor(name)).exists()
    assert own_exemptions(world.actor("chen")).get() == held
