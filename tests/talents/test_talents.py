"""Residents with talents: consent given and taken back, who finds them, what they served."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from baodao.agenda.queries.candidates import talents_to_ask
from baodao.kernel import clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord
from baodao.needs.commands.residents import renew_page
from baodao.needs.queries.residents import page_elsewhere
from baodao.notices.models import Notice
from baodao.talents.commands.services import reverse_deed
from baodao.talents.commands.talents import (
    accept_talent,
    confirm_talent,
    edit_talent,
    remove_talent,
    unmask_talent,
    withdraw_talent,
)
from baodao.talents.models import Talent, TalentService
from baodao.talents.queries.fits import talents_for
from baodao.talents.queries.talents import services_of, talents_in
from baodao.talents.rules.talents import TalentDeed, check_deed, check_talent
from baodao.talents.tasks import forget_silent_talents
from tests.needs.steps import need
from tests.offers import steps as offer_steps
from tests.registration.browsing import browser
from tests.talents.steps import HE, SECRETS, fresh, offered, served, talent
from tests.world import World


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "talent.who"),
        ({"phone": ""}, "talent.who"),
        ({"skills": " "}, "talent.skills"),
        ({"consent": ""}, "talent.consent"),
        ({"consent": "2020-01"}, "talent.consent"),
    ],
)
def test_nobody_is_kept_without_a_name_a_way_to_reach_them_and_their_consent(
    change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_talent(replace(HE, **change))
    assert refused.value.code == code


def test_who_enters_themselves_waits_for_the_community_which_is_told(world: World) -> None:
    row = offered(world)
    told = Notice.objects.get(kind="talent-offered")
    assert (told.organisation, told.url) == (world.willow, f"/talents/{row.pk}/")
    assert [one.pk for one in talents_for(world.actor("an"), need(world, text="想理发"))] == []
    accept_talent(world.actor("an"), talent_id=row.pk)
    [fit] = talents_for(world.actor("an"), need(world, text="行动不便，想请人上门理发"))
    assert (fit.talent, fit.words) == (row, ("理发",))
    with pytest.raises(Refused):
        accept_talent(world.actor("an"), talent_id=row.pk)


def test_consent_is_taken_back_with_the_code_and_the_entry_forgotten(world: World) -> None:
    row = talent(world)
    served(world, row)
    assert page_elsewhere(row.code.lower()) == f"/talent/{row.code}/"
    withdraw_talent(world.actor("chen"), code=row.code)
    gone = fresh(row)
    assert (gone.name, gone.phone, gone.skills, gone.consent) == ("", "", "", "")
    assert (gone.state, gone.ending, len(services_of(gone))) == ("over", "withdrawn", 1)
    entries = JournalEntry.objects.filter(about=row.pk)
    assert not any(secret in str(list(entries.values())) for secret in SECRETS)
    assert entries.get(verb="talent.ended").actor_name == ""
    an = world.actor("an")
    for act in (
        lambda: withdraw_talent(NOBODY, code=row.code),
        lambda: confirm_talent(NOBODY, code=row.code),
        lambda: edit_talent(an, talent_id=row.pk, facts=HE),
        lambda: unmask_talent(an, talent_id=row.pk, reason="想请他来帮忙"),
        lambda: served(world, row),
    ):
        with pytest.raises(Refused):
            act()


def test_the_database_keeps_nothing_of_who_is_out_and_nobody_who_did_not_agree(
    world: World,
) -> None:
    row = talent(world)
    for columns in ({"state": "over"}, {"consent": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Talent.objects.filter(pk=row.pk).update(**columns)


def test_only_the_community_that_keeps_the_list_reads_it(world: World) -> None:
    row = talent(world)
    assert [one.pk for one in talents_in(world.actor("ji"), world.willow)] == [row.pk]
    for name in ("bao", "deng", "fan", "chen", "sun", "qin"):
        actor = world.actor(name)
        assert not talents_in(actor, world.willow)
        assert not talents_for(actor, need(world, text="理发"))
        with pytest.raises(Absent):
            remove_talent(actor, talent_id=row.pk, ending="removed")
        with pytest.raises(Absent):
            unmask_talent(actor, talent_id=row.pk, reason="想请他来帮忙")
    assert unmask_talent(world.actor("an"), talent_id=row.pk, reason="想请他来帮忙") == HE.phone
    assert JournalEntry.objects.get(verb="talent.unmasked").facts["reason"] == "想请他来帮忙"


def test_who_looks_for_people_for_an_offer_sees_talents_beside_members(world: World) -> None:
    row = talent(world)
    offer = offer_steps.published(world, specialties="维修")
    assert [one.talent.pk for one in talents_to_ask(world.actor("an"), offer)] == [row.pk]
    page = browser(world, "an").get(f"/offers/{offer.pk}/invite/").content.decode()
    assert HE.name in page
    assert HE.phone not in page


def test_what_a_talent_served_is_no_record_of_a_member_and_is_reversed_once(world: World) -> None:
    row, an = talent(world), world.actor("an")
    deed = served(world, row)
    [shown] = talents_in(an, world.willow)
    assert (shown.times, shown.minutes) == (1, 60)  # type: ignore[attr-defined]
    assert not ServiceRecord.objects.exists()
    for words in ({"minutes": 24 * 60}, {"served_on": clock.today() + timedelta(days=1)}):
        with pytest.raises(Refused):
            served(world, row, **words)
    with pytest.raises(Refused):
        served(world, row, category="no-such-kind")
    reverse_deed(an, talent_id=row.pk, service_id=deed.pk, reason="记错了人")
    [shown] = talents_in(an, world.willow)
    assert (shown.times, shown.minutes) == (0, 0)  # type: ignore[attr-defined]
    with pytest.raises(Absent):
        reverse_deed(an, talent_id=row.pk, service_id=deed.pk, reason="记错了人")
    with pytest.raises(DatabaseError), transaction.atomic():
        TalentService.objects.filter(pk=deed.pk).update(minutes=10)


def test_who_is_not_heard_of_for_long_is_forgotten_by_night(world: World) -> None:
    silent, going, serving = talent(world), talent(world), talent(world)
    with clock.at(clock.now() + timedelta(days=700)):
        confirm_talent(NOBODY, code=going.code)
        served(world, serving)
    with clock.at(clock.now() + timedelta(days=740)):
        forget_silent_talents()
        forget_silent_talents()
    states = [fresh(row).state for row in (silent, going, serving)]
    assert states == ["over", "listed", "listed"]
    assert fresh(silent).ending == "silent"


def test_a_service_is_of_a_day_since_they_entered_and_of_the_last_year() -> None:
    today = clock.today()
    long_here, new = today - timedelta(days=400), today - timedelta(days=30)
    for days, since, fault in (
        (0, long_here, ""),
        (366, long_here, ""),
        (367, long_here, "long-ago"),
        (30, new, ""),
        (31, new, "before"),
        (9_000, long_here, "before"),
    ):
        deed = TalentDeed(today - timedelta(days=days), 60, "convenience", "理发三人")
        if not fault:
            assert check_deed(deed, since, today, 0).minutes == 60
        else:
            with pytest.raises(Refused, match=rf"talent\.{fault}"):
                check_deed(deed, since, today, 0)


def test_residents_enter_themselves_and_take_it_back_on_their_phone(world: World) -> None:
    token = renew_page(world.actor("an"), community_id=world.willow.pk).token
    client, address = Client(), f"/ask/{token}/talents/"
    assert "checked" not in client.get(address).content.decode()
    typed = {"name": "何巧手", "phone": HE.phone, "skills": ["理发", ""], "free_times": [""]}
    assert client.post(address, typed).status_code == 422
    answer = client.post(address, typed | {"consent": "on"})
    assert answer.status_code == 302
    row = Talent.objects.get(skills="理发")
    own = client.get(answer["Location"]).content.decode()
    assert row.code in own
    assert HE.phone not in own
    asked = client.get(f"/talent/{row.code}/withdraw/").content.decode()
    assert "撤回同意？" in asked
    assert fresh(row).name
    client.post(f"/talent/{row.code}/withdraw/")
    assert client.get(f"/talent/{row.code}/withdraw/").status_code == 409
    assert fresh(row).name == ""


def test_the_form_that_puts_an_entry_right_shows_no_telephone_and_keeps_it(world: World) -> None:
    row, client = talent(world), browser(world, "an")
    address = f"/talents/{row.pk}/edit/"
    assert HE.phone not in client.get(address).content.decode()
    typed = {"name": HE.name, "skills": ["书法", ""], "free_times": [""], "consent": "on"}
    assert client.post(address, typed).status_code == 302
    assert (fresh(row).skills, fresh(row).phone) == ("书法", HE.phone)


def test_the_papers_name_who_served_and_mask_the_telephone(world: World) -> None:
    row = talent(world)
    served(world, row, result="理发三人")
    client = browser(world, "an")
    table = client.get("/talents/list.html").content.decode()
    assert (HE.name in table, HE.phone in table, "199****8881" in table) == (True, False, True)
    sheet = client.get(f"/talents/{row.pk}/sheet.html").content.decode()
    assert all(words in sheet for words in (HE.name, "理发三人", "不计入在职党员服务"))
    for ending in ("pdf", "docx"):
        assert client.get(f"/talents/{row.pk}/sheet.{ending}").status_code == 200
    assert browser(world, "bao").get(f"/talents/{row.pk}/sheet.html").status_code == 404
