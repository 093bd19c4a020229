"""Needs taken down at the window, asked by a unit, and asked by residents on their page."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from baodao.kernel import clock, crypto
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.commands.needs import close_need, merge
from baodao.needs.commands.requests import collect, request_help, request_help_as_unit
from baodao.needs.commands.residents import renew_page
from baodao.needs.models import Need
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.needs.rules.requests import CONSENT, NeedFacts
from baodao.needs.tasks import forget_contacts
from baodao.notices.models import Notice
from baodao.partnership.commands import registrations as partnership
from baodao.partnership.commands.registrations import UnitContact
from tests.world import World

ASKED = NeedFacts("想请人帮忙修水龙头", "convenience")


def partnered(world: World) -> None:
    """Deng's unit has An's community for a partner."""
    held = partnership.present(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        community_id=world.willow.pk,
        contact=UnitContact("邓敏", "戴文", "0990-5550100"),
    )
    partnership.accept(world.actor("an"), unit_registration_id=held.pk)


def told_to(world: World) -> list[str]:
    """Kinds of notices to An's community about needs."""
    rows = Notice.objects.filter(organisation=world.willow, kind__startswith="need-")
    return list(rows.order_by("created_at").values_list("kind", flat=True))


def test_a_worker_takes_down_what_is_asked_in_their_community(world: World) -> None:
    made = collect(world.actor("an"), community_id=world.willow.pk, facts=ASKED)
    assert (made.state, made.source, made.collected_by) == ("collected", "window", "安静")
    assert len(made.code) == 14
    for stranger in ("bao", "fan", "deng", "chen", "gu", "su"):
        with pytest.raises(Absent):
            collect(world.actor(stranger), community_id=world.willow.pk, facts=ASKED)
    assert Need.objects.count() == 1
    assert told_to(world) == []


def test_a_worker_does_not_speak_for_units_or_residents(world: World) -> None:
    facts = NeedFacts("修水龙头", "convenience", source="link")
    with pytest.raises(Refused) as refused:
        collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    assert refused.value.code == "need.source"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (NeedFacts("修", "convenience"), "need.short"),
        (NeedFacts("修" * 501, "convenience"), "need.long"),
        (NeedFacts("修水龙头", "gold"), "need.choice"),
        (NeedFacts("修水龙头", "convenience", urgency="at-once"), "need.choice"),
        (NeedFacts("修水龙头", "convenience", phone="没带", consent=CONSENT), "phone.unreadable"),
        (NeedFacts("修水龙头", "convenience", phone="19900008888"), "need.consent"),
        (NeedFacts("修水龙头", "convenience", phone="19900008888", consent="2020"), "need.consent"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(
    world: World, facts: NeedFacts, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    assert refused.value.code == code
    assert Need.objects.count() == 0


def test_a_telephone_is_sealed_with_its_consent_and_leaves_no_trace(world: World) -> None:
    facts = NeedFacts(
        "修水龙头", "convenience", asker="王阿姨", phone="19900008888", consent=CONSENT
    )
    made = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    held = Need.objects.get(pk=made.pk)
    assert crypto.ring().unseal(bytes(held.phone_sealed or b""), "phone") == "19900008888"
    assert held.consent == CONSENT
    facts = str(list(JournalEntry.objects.filter(about=made.pk).values_list("facts", flat=True)))
    notices = str(list(Notice.objects.values_list("facts", flat=True)))
    for secret in ("王阿姨", "19900008888", "水龙头"):
        assert secret not in facts + notices


@pytest.mark.parametrize("typed", ["+86 199 0000 8888", "１９９００００８８８８", "١٩٩٠٠٠٠٨٨٨٨"])
def test_a_telephone_is_kept_in_digits_however_it_was_typed(world: World, typed: str) -> None:
    facts = NeedFacts("修水龙头", "convenience", phone=typed, consent=CONSENT)
    need = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    assert need.phone == "19900008888"


def test_consent_is_not_kept_where_no_telephone_is_left(world: World) -> None:
    facts = NeedFacts("修水龙头", "convenience", consent=CONSENT)
    assert collect(world.actor("an"), community_id=world.willow.pk, facts=facts).consent == ""


def test_a_resident_asks_with_the_page_s_address_and_nobody_s_account(world: World) -> None:
    page = renew_page(world.actor("an"), community_id=world.willow.pk)
    made = request_help(NOBODY, token=page.token, facts=ASKED)
    assert (made.community, made.source, made.collected_by) == (world.willow, "link", "")
    mine = request_help(world.actor("chen"), token=page.token, facts=ASKED)
    entry = JournalEntry.objects.get(about=mine.pk)
    assert (entry.account_id, entry.actor_name, entry.verb) == (None, "", "need.asked")
    assert told_to(world) == ["need-asked", "need-asked"]


def test_an_old_or_unknown_address_asks_nobody(world: World) -> None:
    old = renew_page(world.actor("an"), community_id=world.willow.pk).token
    new = renew_page(world.actor("an"), community_id=world.willow.pk).token
    assert old != new
    for token in (old, "x" * 22):
        with pytest.raises(Absent):
            request_help(NOBODY, token=token, facts=ASKED)
    for stranger in ("bao", "deng", "fan", "chen"):
        with pytest.raises(Absent):
            renew_page(world.actor(stranger), community_id=world.willow.pk)


def test_a_partner_unit_asks_without_a_telephone_of_anybody(world: World) -> None:
    with pytest.raises(Refused) as alone:
        request_help_as_unit(world.actor("dai"), unit_id=world.bureau.pk, facts=ASKED)
    assert alone.value.code == "need.no-partner"
    partnered(world)
    facts = NeedFacts("借用活动室", "other", asker="戴文", phone="19900008888", consent=CONSENT)
    made = request_help_as_unit(world.actor("dai"), unit_id=world.bureau.pk, facts=facts)
    assert (made.community, made.unit, made.source) == (world.willow, world.bureau, "unit")
    assert (made.asker, made.phone_sealed) == ("", None)
    assert told_to(world) == ["need-asked"]
    for stranger in ("an", "fan", "chen", "gu"):
        with pytest.raises(Absent):
            request_help_as_unit(world.actor(stranger), unit_id=world.bureau.pk, facts=ASKED)


def test_who_asked_is_forgotten_ninety_days_after_the_end_and_no_sooner(world: World) -> None:
    an, start = world.actor("an"), clock.now()
    facts = replace(ASKED, asker="吴大爷", phone="19900008888", consent=CONSENT)
    met, same, live, nameless = (
        collect(an, community_id=world.willow.pk, facts=one) for one in (facts, facts, facts, ASKED)
    )
    merge(an, need_id=same.pk, into_id=met.pk)
    for need in (met, nameless):
        close_need(an, need_id=need.pk, met=True)

    def known() -> set[UUID]:
        return {row.pk for row in Need.objects.exclude(asker="", phone_sealed=None, consent="")}

    with clock.at(start + timedelta(days=KEPT_DAYS.default - 1)):
        forget_contacts()
        assert known() == {met.pk, same.pk, live.pk}
    with clock.at(start + timedelta(days=KEPT_DAYS.default + 1)):
        forget_contacts()
        forget_contacts()
    assert known() == {live.pk}
    told = JournalEntry.objects.filter(verb="need.contact-forgotten")
    assert {row.about for row in told} == {met.pk, same.pk}
    assert told.count() == 2
