"""Letters: who gets one, from whom, to where, with which number."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.exemptions import commands as exemptions
from baodao.exemptions.commands import ExemptionRequest
from baodao.kernel import batch, clock
from baodao.kernel.authz import NOBODY
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.models import Notice
from baodao.orgs.models import Organisation, Setting
from baodao.partnership.commands import registrations as partnership
from baodao.partnership.commands.registrations import UnitContact
from baodao.people.models import Membership
from baodao.registration.commands import departures, letters
from baodao.registration.models import Letter, Registration, RegistrationStage
from baodao.registration.queries.registrations import registrations
from tests import factories
from tests.registration import steps
from tests.world import World


def refusal(batch: batch.Batch[Registration]) -> Refused:
    assert batch.done == []
    [(_, no)] = batch.refused
    return no


def issue(world: World, *names: str, **options: int) -> batch.Batch[Registration]:
    people = [world.people[name].pk for name in names]
    return letters.issue_letters(world.actor("deng"), person_ids=people, **options)


def test_a_letter_goes_to_the_home_community_with_the_units_contact(world: World) -> None:
    Organisation.objects.filter(pk=world.bureau.pk).update(
        contact_name="邓敏", contact_phone="010-66660000"
    )
    [registration] = issue(world, "chen").done
    letter = registration.letter
    assert (letter.unit, letter.community) == (world.bureau, world.willow)
    assert (letter.contact_name, letter.contact_phone) == ("邓敏", "010-66660000")
    assert (registration.state, registration.branch) == ("issued", world.first)
    assert letter.issued_by == "邓敏"
    assert len(letter.token) >= 16


def test_issuing_is_journalled_in_the_unit_and_told_to_the_member(world: World) -> None:
    [registration] = issue(world, "chen").done
    entry = JournalEntry.objects.get(about=registration.pk)
    assert (entry.verb, entry.scope_id) == ("letter.issued", world.bureau.pk)
    notice = Notice.objects.get(person=world.people["chen"])
    assert (notice.kind, notice.about) == ("letter-issued", registration.pk)
    assert RegistrationStage.objects.get(subject=registration).state == "issued"


def test_the_clerk_may_issue_and_others_may_not(world: World) -> None:
    for name in ("an", "bao", "fan", "chen", "gu", "sun"):
        with pytest.raises(Absent):
            letters.issue_letters(world.actor(name), person_ids=[world.people["chen"].pk])
    with pytest.raises(Absent):
        letters.issue_letters(NOBODY, person_ids=[world.people["chen"].pk])
    assert len(issue(world, "chen").done) == 1


def test_a_member_of_another_unit_does_not_exist_for_the_clerk(world: World) -> None:
    with pytest.raises(Absent):
        issue(world, "chen", "hao")
    assert Letter.objects.count() == 0


def test_numbers_run_by_unit_and_year_without_gaps(world: World) -> None:
    people = steps.members(world, 3)
    deng = world.actor("deng")
    with clock.at(clock.midnight(date(2025, 12, 30))):
        letters.issue_letters(deng, person_ids=[people[0].pk])
    with clock.at(clock.midnight(date(2026, 1, 2))):
        letters.issue_letters(deng, person_ids=[people[1].pk, world.people["chen"].pk])
        issue_again = letters.issue_letters(deng, person_ids=[people[1].pk, people[2].pk])
    assert len(issue_again.refused) == 1
    assert sorted(Letter.objects.values_list("year", "number")) == [
        (2025, 1),
        (2026, 1),
        (2026, 2),
        (2026, 3),
    ]


def test_letters_of_one_batch_are_numbered_by_branch_and_name(world: World) -> None:
    second = steps.members(world, 2, world.second)
    first = steps.members(world, 2, world.first)
    wanted = [person.pk for person in [*second, *reversed(first)]]
    letters.issue_letters(world.actor("deng"), person_ids=wanted)
    numbered = Letter.objects.order_by("number").values_list("person", flat=True)
    assert list(numbered) == [person.pk for person in [*first, *second]]


def test_a_second_live_registration_is_refused_naming_the_first(world: World) -> None:
    issue(world, "chen")
    no = refusal(issue(world, "chen", community_id=world.bridge.pk))
    assert no.code == "registration.second"
    for told in ("001号", "区城建局机关党委", "柳荫社区", "Letter issued"):
        assert told in no.text()


def test_a_withdrawn_letter_makes_way_and_its_number_stays_used(world: World) -> None:
    [first] = issue(world, "chen").done
    departures.withdraw(world.actor("deng"), registration_id=first.pk, reason="写错社区")
    [second] = issue(world, "chen").done
    assert (first.letter.number, second.letter.number) == (1, 2)


@pytest.mark.parametrize("standing", ["retired", "seconded", "elsewhere"])
def test_who_is_not_in_service_gets_no_letter(world: World, standing: str) -> None:
    Membership.objects.filter(person=world.people["chen"]).update(standing=standing)
    assert refusal(issue(world, "chen")).code == "letter.not-in-service"


def test_who_is_exempt_gets_no_letter_who_is_delayed_may(world: World) -> None:
    far, later = steps.members(world, 2)
    dai, deng = world.actor("dai"), world.actor("deng")
    today = clock.today()
    for person, reason, effect in [
        (far, "living-elsewhere", "other-place"),
        (later, "maternity", "delay"),
    ]:
        request = ExemptionRequest(person.pk, reason, "证明", effect, today, today)
        exemption = exemptions.request_exemption(dai, request=request)
        exemptions.decide_exemption(deng, exemption_id=exemption.pk, approve=True)
    batch = letters.issue_letters(deng, person_ids=[far.pk, later.pk])
    assert [row.person for row in batch.done] == [later]
    assert [no.code for _, no in batch.refused] == ["letter.exempt"]


def test_without_a_home_community_the_clerk_is_told_what_to_do(world: World) -> None:
    homeless = factories.member("无家", world.first, pinyin="wu jia")
    batch = letters.issue_letters(
        world.actor("deng"), person_ids=[homeless.pk, world.people["chen"].pk]
    )
    assert len(batch.done) == 1
    assert [(label, no.code) for label, no in batch.refused] == [
        ("无家（第一党支部）", "letter.no-home")
    ]
    chosen = letters.issue_letters(
        world.actor("deng"), person_ids=[homeless.pk], community_id=world.lake.pk
    )
    assert chosen.done[0].community == world.lake


def test_a_closed_home_community_is_refused(world: World) -> None:
    Organisation.objects.filter(pk=world.willow.pk).update(closed_at=clock.now())
    assert refusal(issue(world, "chen")).code == "letter.home-closed"
    with pytest.raises(Refused, match=r"organisation\.is-closed"):
        issue(world, "chen", community_id=world.willow.pk)
    with pytest.raises(Refused, match=r"community\.not-open"):
        issue(world, "chen", community_id=world.bureau.pk)


def test_the_units_policy_may_send_everybody_to_its_partner_community(world: World) -> None:
    Setting.objects.create(organisation=world.city, key="registration.place", value="partner")
    assert refusal(issue(world, "chen")).code == "letter.no-partner"
    contact = UnitContact("邓敏", "戴文", "010-66660000")
    form = partnership.present(
        world.actor("dai"), unit_id=world.bureau.pk, community_id=world.bridge.pk, contact=contact
    )
    assert refusal(issue(world, "chen")).code == "letter.no-partner"
    partnership.accept(world.actor("bao"), unit_registration_id=form.pk)
    [registration] = issue(world, "chen").done
    assert registration.community == world.bridge


def test_letters_are_seen_by_the_unit_and_not_next_door(world: World) -> None:
    [registration] = issue(world, "chen").done
    seen = {name: registrations(world.actor(name)).count() for name in ("deng", "dai", "fan")}
    assert seen == {"deng": 1, "dai": 1, "fan": 1}
    hidden = {
        name: registrations(world.actor(name)).count() for name in ("an", "bao", "chen", "gu")
    }
    assert hidden == {"an": 0, "bao": 0, "chen": 0, "gu": 0}
    assert registration in registrations(world.actor("deng"))


def queries_to_issue(world: World, count: int) -> int:
    people = [person.pk for person in steps.members(world, count)]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        batch = letters.issue_letters(world.actor("deng"), person_ids=people)
    assert len(batch.done) == count
    return len(captured)


def test_a_hundred_letters_take_as_many_queries_as_ten(world: World) -> None:
    assert queries_to_issue(world, 10) == queries_to_issue(world, 100)
