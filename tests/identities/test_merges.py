"""A person entered twice becomes one, by two; all that hangs on the mistaken entry follows."""

from datetime import date, timedelta

import pytest
from django.test import Client

from baodao.agenda.commands.calendars import renew_feed
from baodao.agenda.queries.feeds import appointments, feed_at
from baodao.agenda.tasks import remind_of_tomorrow
from baodao.claims.models import Claim, Seat
from baodao.identities.commands.merges import (
    confirm_merge,
    decline_merge,
    propose_merge,
    undo_merge,
)
from baodao.identities.models import PersonMerge
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands.corrections import correct
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.records import standing
from baodao.ledger.rules.records import Entry
from baodao.notices.models import Notice
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.commands.departures import end_membership
from baodao.people.models import Membership, Person
from baodao.people.queries.members import current, known_numbers, numbered
from baodao.people.queries.search import search
from baodao.people.rules.departures import Ending
from baodao.registration.models import Registration
from baodao.rosters.queries.roster import examine
from baodao.statements.commands.sheets import renew_code
from baodao.statements.queries.sheets import code_of, opened
from tests import factories
from tests.ledger import steps as recording
from tests.offers import steps as offering
from tests.orgs.test_reorganisations import done
from tests.people.steps import transferred
from tests.registration import steps as road
from tests.rosters import sheets
from tests.rosters.test_roster_commands import take_over
from tests.world import World


@pytest.fixture
def twice(world: World) -> Person:
    """Chen once more, under another number, in the second branch."""
    return factories.member("陈晓宇", world.second, home_community=world.willow)


def proposed(
    world: World, twice: Person, name: str = "dai", *, number_wrong: bool = False
) -> PersonMerge:
    return propose_merge(
        world.actor(name),
        person_id=world.people["chen"].pk,
        number=twice.number.lower(),
        reason="名册号码录错，登记了两次",
        evidence="两份身份证复印件核对",
        number_wrong=number_wrong,
    )


def minutes_of(person: Person) -> int:
    rows = standing(ServiceRecord.objects.filter(person=person))
    return sum(row.minutes for row in rows)


def test_all_that_hangs_on_the_mistaken_entry_follows(world: World, twice: Person) -> None:
    chen = world.people["chen"]
    registration = road.accepted(world, twice)
    recording.record(world, twice)
    minutes = minutes_of(twice)
    assert minutes > 0
    merge = proposed(world, twice)
    assert Registration.objects.get(pk=registration.pk).person == twice
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert Registration.objects.get(pk=registration.pk).person == chen
    assert (minutes_of(twice), minutes_of(chen)) == (0, minutes)
    twice.refresh_from_db()
    assert twice.merged_into == chen
    assert Membership.objects.get(person=twice).ending == "merged"
    assert current().get(person=chen).branch == world.first
    entry = JournalEntry.objects.get(verb="person.merged")
    assert entry.facts["number"] == twice.number


def test_it_is_undone_for_thirty_days(world: World, twice: Person) -> None:
    registration = road.accepted(world, twice)
    recording.record(world, twice)
    minutes = minutes_of(twice)
    merge = proposed(world, twice)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Absent):
        undo_merge(world.actor("dai"), merge_id=merge.pk)
    undo_merge(world.actor("dai"), merge_id=merge.pk)
    assert Registration.objects.get(pk=registration.pk).person == twice
    assert (minutes_of(twice), minutes_of(world.people["chen"])) == (minutes, 0)
    assert current().get(person=twice).branch == world.second
    twice.refresh_from_db()
    assert twice.merged_into is None


def test_what_was_corrected_since_goes_back_as_it_was_corrected(
    world: World, twice: Person
) -> None:
    chen = world.people["chen"]
    recording.record(world, twice)
    merge = proposed(world, twice)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    row = standing(ServiceRecord.objects.filter(person=chen)).get()
    entry = Entry(chen.pk, row.served_on, 30, row.category, row.way)
    correct(
        world.actor("ji"),
        community_id=row.community_id,
        record_id=row.id,
        entry=entry,
        reason="时长录错",
    )
    undo_merge(world.actor("dai"), merge_id=merge.pk)
    assert (minutes_of(twice), minutes_of(chen)) == (30, 0)


def test_an_undo_opens_the_branch_that_took_over_meanwhile(world: World, twice: Person) -> None:
    merge = proposed(world, twice)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    done(world, world.second, Aim(Reform.MERGED, successor_id=world.first.pk))
    undo_merge(world.actor("dai"), merge_id=merge.pk)
    assert current().get(person=twice).branch == world.first


def test_an_undo_into_a_branch_that_is_no_more_is_refused(world: World, twice: Person) -> None:
    merge = proposed(world, twice)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    done(world, world.second, Aim(Reform.DISSOLVED))
    with pytest.raises(Refused):
        undo_merge(world.actor("dai"), merge_id=merge.pk)
    twice.refresh_from_db()
    assert twice.merged_into == world.people["chen"]


def test_the_unit_that_took_the_member_in_opens_nothing_where_the_other_was(
    world: World, twice: Person
) -> None:
    merge = proposed(world, twice)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    with clock.at(clock.now() + timedelta(days=2)):
        transferred(world)
        with pytest.raises(Refused) as refusal:
            undo_merge(world.actor("lin"), merge_id=merge.pk)
    assert refusal.value.code == "merge.moved"
    assert not current().filter(person=twice).exists()


@pytest.mark.parametrize("how", ["moved", "left", "died"])
def test_the_unit_that_merged_undoes_it_whatever_unit_the_kept_person_is_in_by_then(
    world: World, twice: Person, how: str
) -> None:
    chen, deng, client = world.people["chen"], world.actor("deng"), Client()
    registration = road.accepted(world, twice)
    merge = proposed(world, twice)
    confirm_merge(deng, merge_id=merge.pk)
    with clock.at(clock.now() + timedelta(days=2)):
        if how == "moved":
            transferred(world)
        else:
            end_membership(deng, person_id=chen.pk, ending=Ending(how), on=clock.today())
        Person.objects.filter(pk=chen.pk).update(phone_sealed=None, address="新单位宿舍")
        client.force_login(world.accounts["deng"])
        page = client.get("/people/merges/").content.decode()
        assert f"/people/merges/{merge.pk}/undo/" in page
        assert "新单位宿舍" not in page
        assert world.office.name not in page
        undo_merge(world.actor("dai"), merge_id=merge.pk)
    assert current().get(person=twice).branch == world.second
    assert Registration.objects.get(pk=registration.pk).person == twice
    told = Notice.objects.filter(organisation=world.commission, kind="entry-parted-before")
    assert told.exists() is (how == "moved")
    places = JournalEntry.objects.filter(about=chen.pk, verb="person.merge-undone")
    branches = {world.first.pk, world.second.pk}
    assert branches & set(places.values_list("scope_id", flat=True))


def test_codes_and_numbers_follow_a_merge_and_an_undo_gives_them_back(
    world: World, twice: Person
) -> None:
    chen = world.people["chen"]
    own = renew_code(offering.actor_for(twice))
    feed = renew_feed(world.actor("chen"))
    merge = proposed(world, twice)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert opened(own.token).person == chen
    assert appointments(feed_at(feed.token)) == []
    numbers = [chen.number, twice.number]
    assert known_numbers(numbers) == dict.fromkeys(numbers, chen.pk)
    assert numbered([twice.number]) == {twice.number: chen.pk}
    assert search(current(), twice.number, "person__").get().person == chen
    undo_merge(world.actor("dai"), merge_id=merge.pk)
    assert opened(own.token).person == twice
    assert numbered(numbers) == {chen.number: chen.pk, twice.number: twice.pk}


def test_who_was_entered_three_times_is_found_by_each_number_whatever_is_undone_first(
    world: World, twice: Person
) -> None:
    chen, once = world.people["chen"], factories.member("陈晓宇", world.second)
    own = renew_code(offering.actor_for(once))
    entries = [once, twice, chen]
    first = propose_merge(
        world.actor("dai"),
        person_id=twice.pk,
        number=once.number,
        reason="录错号码",
        evidence="身份证复印件",
    )
    confirm_merge(world.actor("deng"), merge_id=first.pk)
    second = proposed(world, twice)

    def found() -> list[Person]:
        numbers = known_numbers([one.number for one in entries])
        return [next(e for e in entries if e.pk == numbers[one.number]) for one in entries]

    confirm_merge(world.actor("deng"), merge_id=second.pk)
    assert found() == [chen, chen, chen]
    assert search(current(), once.number, "person__").get().person == chen
    assert code_of(chen.pk) == own.token
    undo_merge(world.actor("dai"), merge_id=second.pk)
    assert found() == [twice, twice, chen]
    confirm_merge(world.actor("deng"), merge_id=proposed(world, twice).pk)
    undo_merge(world.actor("dai"), merge_id=first.pk)
    assert found() == [once, chen, chen]


def test_who_renews_their_code_ends_that_of_the_entry_that_went(
    world: World, twice: Person
) -> None:
    old = renew_code(offering.actor_for(twice))
    confirm_merge(world.actor("deng"), merge_id=proposed(world, twice).pk)
    renew_code(world.actor("chen"))
    with pytest.raises(Absent):
        opened(old.token)


def test_who_has_two_places_in_one_activity_since_they_are_one_is_reminded_once(
    world: World, twice: Person
) -> None:
    hours = {"starts_at": offering.hour(1), "ends_at": offering.hour(1, 11)}
    offer = offering.published(world, **hours)
    offering.kept(offer, world.people["chen"], world.first)
    units = Claim.objects.create(
        offer=offer, unit=world.bureau, branch=world.bureau, community=world.willow, state="active"
    )
    Seat.objects.create(claim=units, person=twice, branch=world.second, since=units.claimed_at)
    confirm_merge(world.actor("deng"), merge_id=proposed(world, twice).pk)
    with clock.at(offering.hour(0, 17)):
        remind_of_tomorrow()
    assert Notice.objects.filter(kind="activity-tomorrow", person=world.people["chen"]).count() == 1


def test_two_of_another_birthday_are_one_only_where_a_number_is_wrong(
    world: World, twice: Person
) -> None:
    Person.objects.filter(pk=twice.pk).update(born_on=date(1970, 1, 2), sex="f")
    with pytest.raises(Refused, match=r"merge\.different"):
        proposed(world, twice)
    merge = proposed(world, twice, number_wrong=True)
    client = Client()
    client.force_login(world.accounts["deng"])
    assert "身份证号有误" in client.get("/people/merges/").content.decode()
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    chen = Person.objects.get(pk=world.people["chen"].pk)
    assert (chen.born_on, chen.sex) == (world.people["chen"].born_on, world.people["chen"].sex)


def test_the_second_sees_both_side_by_side(world: World, twice: Person) -> None:
    road.accepted(world, twice)
    proposed(world, twice)
    client = Client()
    client.force_login(world.accounts["deng"])
    page = client.get("/people/merges/").content.decode()
    chen = world.people["chen"]
    for words in (chen.number, twice.number, "第一党支部", "第二党支部", "199****1234", "报到"):
        assert words in page
    assert chen.id_number not in page


def test_two_accounts_merge(world: World, twice: Person) -> None:
    merge = proposed(world, twice)
    with pytest.raises(Refused, match=r"second\.same"):
        confirm_merge(world.actor("dai"), merge_id=merge.pk)
    decline_merge(world.actor("deng"), merge_id=merge.pk)
    with pytest.raises(Absent):
        confirm_merge(world.actor("deng"), merge_id=merge.pk)


def test_what_a_person_has_once_stands_in_the_way(world: World, twice: Person) -> None:
    road.accepted(world, twice)
    road.accepted(world)
    merge = proposed(world, twice)
    with pytest.raises(Refused, match=r"merge\.conflict"):
        confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert Person.objects.get(pk=twice.pk).merged_into is None


@pytest.mark.parametrize("name", ["an", "qin", "fan", "chen", "gu", "sun", "shen"])
def test_others_merge_nobody(world: World, twice: Person, name: str) -> None:
    with pytest.raises(Absent):
        proposed(world, twice, name)
    merge = proposed(world, twice)
    with pytest.raises(Absent):
        confirm_merge(world.actor(name), merge_id=merge.pk)


def test_a_member_of_another_unit_is_not_merged_and_not_named(world: World) -> None:
    stranger = factories.member("郝二鸣", world.office)
    with pytest.raises(Refused, match=r"merge\.unknown") as refusal:
        proposed(world, stranger)
    assert "郝" not in refusal.value.text()


def test_a_roster_with_the_mistaken_number_makes_nobody_anew(world: World) -> None:
    twice = factories.member("陈晓宇", world.second, id_number=sheets.id_number(5))
    merge = proposed(world, twice)
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    examination = take_over(world, sheets.roster(sheets.person(5, 姓名="陈晓宇")))
    assert [problem.kind for problem in examination.judgement.problems] == ["same-person"]
    assert not current().filter(person=twice).exists()


def test_the_mistaken_number_makes_somebody_of_another_name_another_person(world: World) -> None:
    twice = factories.member("陈晓雨", world.second, id_number=sheets.id_number(5))
    confirm_merge(world.actor("deng"), merge_id=proposed(world, twice).pk)
    take_over(world, sheets.roster(sheets.person(5)))
    other = Person.objects.get(name=sheets.name(5))
    assert current().get(person=other).branch == world.first
    assert other.contested_at is not None


@pytest.mark.parametrize("name", ["陈晓雨", "陈晓宇"])
def test_a_third_unit_meets_who_was_merged_by_either_name(world: World, name: str) -> None:
    twice = factories.member("陈晓雨", world.second, id_number=sheets.id_number(5))
    confirm_merge(world.actor("deng"), merge_id=proposed(world, twice).pk)
    unit = factories.organisation("unit", "区档案局党总支", world.east)
    examination = examine(unit, sheets.roster(sheets.person(5, 姓名=name)))
    assert [problem.kind for problem in examination.judgement.problems] == ["duplicate-held"]


def test_the_pages_lead_from_proposal_to_undoing(world: World, twice: Person) -> None:
    chen = world.people["chen"]
    first, second = Client(), Client()
    first.force_login(world.accounts["dai"])
    second.force_login(world.accounts["deng"])
    path = f"/people/{chen.pk}/merge/"
    assert path in first.get(f"/persons/{chen.pk}/").content.decode()
    assert first.get(path).status_code == 200
    facts = {"number": twice.number, "reason": "录入两次", "evidence": "核对身份证"}
    shown = first.post(path, facts)
    assert shown.status_code == 422
    assert not PersonMerge.objects.exists()
    assert shown.context["pair"].gone.person == twice
    assert "名下已有" in shown.content.decode()
    facts["compared"] = shown.context["form"]["compared"].value()
    assert first.post(path, facts).headers["Location"] == "/people/merges/"
    assert "/people/merges/" in second.get("/people/").content.decode()
    merge = PersonMerge.objects.get()
    confirm = f"/people/merges/{merge.pk}/confirm/"
    assert confirm not in first.get("/people/merges/").content.decode()
    assert confirm in second.get("/people/merges/").content.decode()
    second.post(confirm)
    undo = f"/people/merges/{merge.pk}/undo/"
    assert undo in second.get("/people/merges/").content.decode()
    second.post(undo)
    merge.refresh_from_db()
    assert merge.state == "undone"


def test_who_proposes_sees_both_before_and_another_number_is_compared_anew(
    world: World, twice: Person
) -> None:
    chen = world.people["chen"]
    client = Client()
    client.force_login(world.accounts["dai"])
    path = f"/people/{chen.pk}/merge/"
    first = client.get(path).content.decode()
    assert f"?number={twice.number}" in first
    page = client.get(path, {"number": twice.number})
    assert page.context["pair"].gone.person == twice
    facts = {"number": twice.number, "reason": "录入两次", "evidence": "核对身份证"}
    wrong = client.post(path, facts | {"compared": chen.number})
    assert (wrong.status_code, PersonMerge.objects.count()) == (422, 0)
    sent = client.post(path, facts | {"compared": page.context["form"]["compared"].value()})
    assert (sent.status_code, PersonMerge.objects.count()) == (302, 1)
    stranger = factories.member("陈晓宇", world.office)
    assert client.get(path, {"number": stranger.number}).context["pair"] is None


def test_a_merge_of_who_left_waits_no_more(world: World, twice: Person) -> None:
    merge = proposed(world, twice)
    chen = world.people["chen"].pk
    end_membership(world.actor("dai"), person_id=chen, ending=Ending.DIED, on=clock.today())
    merge.refresh_from_db()
    assert merge.state == "declined"
