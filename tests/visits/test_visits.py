"""Contact points and visits through their commands: once, in time, sealed, handed over."""

from datetime import timedelta
from typing import cast
from uuid import uuid4

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.needs.rules.requests import NeedFacts
from baodao.notices.models import Notice
from baodao.notices.queries.notices import unread_of
from baodao.orgs.rules.handovers import SUCCESSIONS, Aim, Reform
from baodao.orgs.rules.tree import Kind
from baodao.pairings.commands.households import forget_households as forget_paired
from baodao.pairings.commands.pairings import end_pairing
from baodao.people.commands.departures import end_membership, retire
from baodao.people.rules.departures import Ending
from baodao.problems.commands.problems import raise_from_visit
from baodao.problems.models import PlaceProblem
from baodao.residents.models import SealedHousehold
from baodao.visits.commands import contacts as commands
from baodao.visits.commands.contacts import Takeover
from baodao.visits.commands.visits import make_need, note_visit, withdraw_visit
from baodao.visits.documents import visit_records_item
from baodao.visits.models import ContactPoint
from baodao.visits.queries.contacts import contacts_in, own_contact, own_contacts, vacant_contacts
from baodao.visits.queries.visits import own_visits, visit_of, visits_in
from baodao.visits.rules.contacts import ContactTerm
from baodao.visits.rules.visits import VisitWords
from baodao.visits.tasks import forget_households, remind_contacts
from tests import factories
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done, succeeded, undone
from tests.pairings.steps import pairing
from tests.registration import steps as road
from tests.visits import steps
from tests.world import World

TEN = timedelta(hours=10)


def over_to(world: World, row: ContactPoint, name: str = "hao") -> ContactPoint:
    """Somebody else becomes the contact from today on."""
    actor = "ji" if row.kind == "household" else "fan"
    takeover = Takeover(world.people[name].pk, ContactTerm(clock.today()), "工作调整")
    return commands.hand_contact_over(world.actor(actor), contact_id=row.pk, takeover=takeover)


def colleague(world: World) -> None:
    """Lin, a second member of Chen's unit, registered nowhere."""
    world.people["lin"] = factories.member("林一", world.second, home_community=world.willow)
    world.accounts["lin"] = factories.account("林一", person=world.people["lin"])


def test_an_authority_names_contacts_of_its_places_and_nobody_else_does(world: World) -> None:
    row = steps.contact(world)
    assert (row.kind, row.words, row.assigner) == ("community", "柳荫社区", world.east)
    notice = Notice.objects.get(person=row.person, kind="contact-assigned")
    assert notice.facts["title"] == "柳荫社区"
    with pytest.raises(Refused, match=r"contact\.twice"):
        steps.contact(world)
    about = {"person_id": row.person_id, "term": ContactTerm(clock.today())}
    for name, assigner in (("an", world.willow), ("ji", world.willow), ("deng", world.bureau)):
        with pytest.raises(Absent):
            commands.assign_contact(
                world.actor(name), assigner_id=assigner.pk, place_id=world.bridge.pk, **about
            )
    with pytest.raises(Absent):
        steps.contact(world, world.cloud)
    with pytest.raises(Absent):
        steps.contact(world, world.bridge, world.people["hao"])


def test_who_retired_is_made_no_contact(world: World) -> None:
    retire(world.actor("deng"), person_id=steps.person(world).pk, on=clock.today())
    with pytest.raises(Absent):
        steps.contact(world)


def test_a_visit_is_kept_once_however_often_and_in_which_order_it_arrives(world: World) -> None:
    row, chen = steps.contact(world), world.actor("chen")
    first, second = uuid4(), uuid4()
    words = {first: VisitWords(steps.day(-3), seen="车棚已满"), second: VisitWords(steps.day(-1))}
    words[second] = VisitWords(steps.day(-1), heard="电梯常停")
    for visit_id in (second, first, second, first):
        note_visit(chen, visit_id=visit_id, contact_id=row.pk, visit=words[visit_id])
    assert [one.on for one in own_visits(chen)] == [steps.day(-1), steps.day(-3)]
    with pytest.raises(Refused, match=r"visit\.reused"):
        note_visit(chen, visit_id=first, contact_id=row.pk, visit=VisitWords(steps.day(-3), "别的"))
    with pytest.raises(Absent):
        note_visit(world.actor("an"), visit_id=uuid4(), contact_id=row.pk, visit=words[first])


def test_what_is_due_and_done_is_counted_and_nobody_is_ranked(world: World) -> None:
    row, chen = steps.contact(world), world.actor("chen")
    [mine] = own_contacts(chen).answer()
    assert (mine.wish, mine.visits_done, mine.visited_on) == (1, 0, None)
    visit = steps.visit(chen, row)
    [mine] = own_contacts(chen).answer()
    assert (mine.wish, mine.visits_done, mine.visited_on) == (1, 1, clock.today())
    withdraw_visit(chen, visit_id=visit.pk)
    [mine] = own_contacts(chen).answer()
    assert (mine.visits_done, mine.visited_on) == (0, None)


def test_a_household_is_opened_by_its_contact_and_the_community_alone(world: World) -> None:
    offered.chen(world)
    row, chen = steps.household(world), world.actor("chen")
    assert commands.read_contact_household(chen, contact_id=row.pk) == steps.LIU
    unmask = commands.unmask_contact_household
    assert unmask(world.actor("an"), contact_id=row.pk, reason="上门走访前联系") == steps.LIU
    for name in ("bao", "fan", "deng", "gu"):
        with pytest.raises(Absent):
            unmask(world.actor(name), contact_id=row.pk, reason="上门走访前联系")
        with pytest.raises(Absent):
            commands.read_contact_household(world.actor(name), contact_id=row.pk)
    verbs = JournalEntry.objects.filter(about=row.pk).values_list("verb", flat=True)
    assert {"contact.household-read", "contact.household-unmasked"} <= set(verbs)
    kept = "".join(str(facts) for facts in JournalEntry.objects.values_list("facts", flat=True))
    kept += "".join(str(facts) for facts in Notice.objects.values_list("facts", flat=True))
    assert not [secret for secret in steps.SECRETS if secret in kept]


def test_words_that_tell_who_lives_there_are_refused_wherever_they_are_typed(world: World) -> None:
    offered.chen(world)
    row, chen = steps.household(world), world.actor("chen")
    for words in ("刘秀莲腿疼", "去了柳荫里9号楼1单元102", "电话19900006665"):
        with pytest.raises(Refused, match=r"offer\.names") as refused:
            steps.visit(chen, row, heard=words)
        assert refused.value.message.startswith("Others read it too"), "nobody claims a household"
    visit = steps.visit(chen, row, heard="想装扶手")
    facts = NeedFacts("刘秀莲家装扶手", "relief")
    with pytest.raises(Refused, match=r"offer\.names"):
        make_need(chen, visit_id=visit.pk, facts=facts)
    with pytest.raises(Refused, match=r"offer\.names"):
        raise_from_visit(chen, visit_id=visit.pk, text="刘秀莲家装扶手", due_on=steps.day(9))
    with pytest.raises(Refused, match=r"offer\.names"):
        steps.household(world, title="看望刘秀莲")


def test_the_household_of_a_pairing_is_pointed_at_and_kept_while_it_is_needed(
    world: World,
) -> None:
    offered.chen(world)
    offer = pairing(world)
    row = steps.household(world, paired=offer.pk)
    assert SealedHousehold.objects.count() == 1
    assert commands.read_contact_household(world.actor("chen"), contact_id=row.pk).name == "王桂兰"
    end_pairing(world.actor("an"), offer_id=offer.pk, reason="moved")
    with clock.at(clock.now() + 200 * (clock.end_of(steps.day(0)) - clock.midnight(steps.day(0)))):
        assert forget_paired(world.actor("an")) == 0
        commands.end_contact(world.actor("ji"), contact_id=row.pk, reason="已脱困")
        assert forget_paired(world.actor("an")) == 0, "kept for some days after that, too"
    with clock.at(clock.now() + 300 * (clock.end_of(steps.day(0)) - clock.midnight(steps.day(0)))):
        assert forget_paired(world.actor("an")) == 1
    row.refresh_from_db()
    assert (row.household_id, row.title) == (None, steps.TITLE)


def test_who_lived_in_a_contact_household_is_forgotten_some_time_after_it_is_over(
    world: World,
) -> None:
    offered.chen(world)
    row = steps.household(world)
    commands.end_contact(world.actor("ji"), contact_id=row.pk, reason="已脱困")
    forget_households()
    assert SealedHousehold.objects.count() == 1
    with clock.at(clock.end_of(steps.day(200))):
        forget_households()
    assert not SealedHousehold.objects.exists()


def test_who_handed_over_sees_that_they_were_there_and_nothing_more(world: World) -> None:
    offered.chen(world)
    colleague(world)
    row, chen = steps.household(world), world.actor("chen")
    visit = steps.visit(chen, row, heard="想装扶手")
    lin_id = road.accepted(world, world.people["lin"]).person_id
    commands.hand_contact_over(
        world.actor("ji"),
        contact_id=row.pk,
        takeover=Takeover(lin_id, ContactTerm(clock.today()), "工作调整"),
    )
    with pytest.raises(Absent):
        commands.read_contact_household(chen, contact_id=row.pk)
    with pytest.raises(Absent):
        own_contact(chen, row.pk)
    assert not visit_of(chen, visit.pk).legible
    assert visit_of(world.actor("an"), visit.pk).legible
    assert not visit_of(world.actor("fan"), visit.pk).legible
    with pytest.raises(Absent):
        make_need(chen, visit_id=visit.pk, facts=NeedFacts("装扶手", "relief"))
    lin = world.actor("lin")
    [mine] = own_contacts(lin).answer()
    assert commands.read_contact_household(lin, contact_id=mine.pk) == steps.LIU
    with pytest.raises(Absent):
        visit_of(lin, visit.pk)
    late = steps.visit(chen, row, seen="一切都好")
    assert late.on == clock.today(), "on the day of handing over both were the contact"


@pytest.mark.parametrize("ending", [Ending.LEFT, Ending.DIED])
def test_who_leaves_or_dies_visits_for_nobody_and_the_place_waits(
    world: World, ending: Ending
) -> None:
    row, fan = steps.contact(world), world.actor("fan")
    chen = world.actor("chen")
    end_membership(world.actor("deng"), person_id=row.person_id, ending=ending, on=steps.day(0))
    row.refresh_from_db()
    assert (row.ending, row.until) == (ending.value, steps.day(0))
    assert own_contacts(chen).answer() == []
    assert [found[0] for found in vacant_contacts(fan, world.east).answer()] == [row.pk]
    colleague(world)
    over_to(world, row, "lin")
    assert vacant_contacts(fan, world.east).answer() == []


def test_who_retires_visits_for_nobody_until_it_is_handed_over(world: World) -> None:
    row, an = steps.contact(world), world.actor("an")
    retire(world.actor("deng"), person_id=row.person_id, on=clock.today())
    assert own_contacts(world.actor("chen")).answer() == []
    assert [found[0] for found in vacant_contacts(an, world.willow).answer()] == [row.pk]
    colleague(world)
    over_to(world, row, "lin")
    assert vacant_contacts(an, world.willow).answer() == []
    with pytest.raises(Refused, match=r"contact\.followed"):
        over_to(world, row, "lin")


@pytest.mark.parametrize("reform", SUCCESSIONS)
def test_a_community_that_others_take_over_hands_its_contacts_on(
    world: World, reform: Reform
) -> None:
    row, chen = steps.contact(world), world.actor("chen")
    visit = steps.visit(chen, row)
    succeeded(world, reform)
    row.refresh_from_db()
    assert (row.words, row.ended_at) == ("石桥社区", None)
    assert [one.pk for one in contacts_in(world.actor("bao"), world.bridge)] == [row.pk]
    assert own_contact(chen, row.pk).words == "石桥社区"
    for on in (clock.today(), steps.day(-1)):
        assert steps.visit(chen, row, on).community == world.willow, "told when it was merged"
    with clock.at(clock.now() + timedelta(days=1)):
        assert steps.visit(chen, row).community == world.bridge
    assert visit.pk in [one.pk for one in visits_in(world.actor("bao"), world.bridge)]


@pytest.mark.parametrize("reform", SUCCESSIONS)
def test_a_succession_that_is_undone_leaves_the_contacts_as_they_were(
    world: World, reform: Reform
) -> None:
    row = steps.contact(world)
    undone(world, succeeded(world, reform))
    row.refresh_from_db()
    assert (row.words, row.ended_at) == ("柳荫社区", None)


def test_a_grid_that_is_dissolved_ends_its_contact(world: World) -> None:
    grid = factories.organisation(Kind.GRID, "第一网格", world.willow)
    row = steps.contact(world, grid)
    visit = steps.visit(world.actor("chen"), row)
    assert (row.kind, visit.community) == ("grid", world.willow)
    done(world, grid, Aim(Reform.DISSOLVED))
    row.refresh_from_db()
    assert (row.ending, row.until) == ("closed", clock.today())


def test_a_visit_becomes_a_need_and_problems_that_know_it(world: World) -> None:
    row, chen, an = steps.contact(world), world.actor("chen"), world.actor("an")
    visit = steps.visit(chen, row)
    need = make_need(chen, visit_id=visit.pk, facts=NeedFacts("楼道灯坏了", "relief"))
    assert (need.community, need.source, need.state) == (world.willow, "visit", "collected")
    for actor, text in ((chen, "楼道灯全坏"), (an, "电表箱老化")):
        raise_from_visit(actor, visit_id=visit.pk, text=text, due_on=steps.day(9))
    rows = PlaceProblem.objects.order_by("raised_at")
    assert [(one.source, one.visit_id, one.owner) for one in rows] == [
        ("visit", visit.pk, world.willow)
    ] * 2
    [line] = cast(
        "list[dict[str, str]]", visit_records_item("柳荫社区", visits_in(an, world.willow))["rows"]
    )
    assert line["outcome"] == "转为需求1件，列入问题清单2件"
    for name in ("bao", "deng", "fan", "gu"):
        with pytest.raises(Absent):
            raise_from_visit(
                world.actor(name), visit_id=visit.pk, text="楼道灯", due_on=steps.day(9)
            )


def test_a_contact_is_reminded_once_a_week_until_the_visit_is_done(world: World) -> None:
    row = steps.contact(world)
    monday = steps.day(7 - clock.today().weekday())
    for number in range(7):
        with clock.at(clock.midnight(monday + timedelta(days=number)) + TEN):
            remind_contacts()
    [notice] = Notice.objects.filter(kind="visit-due")
    friday = monday + timedelta(days=4)
    assert (notice.person_id, clock.day_of(notice.created_at)) == (row.person_id, friday)
    with clock.at(clock.midnight(friday) + 2 * TEN):
        assert unread_of(world.actor("chen"), None) == 2
        steps.visit(world.actor("chen"), row)
        assert unread_of(world.actor("chen"), None) == 1, "what was asked for is done"


def test_who_turned_reminders_off_or_visited_is_not_reminded(world: World) -> None:
    row = steps.contact(world)
    sunday = steps.day(6 - clock.today().weekday())
    with clock.at(clock.midnight(sunday) + TEN):
        steps.visit(world.actor("chen"), row, sunday)
        remind_contacts()
    assert not Notice.objects.filter(kind="visit-due").exists()
