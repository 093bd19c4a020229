"""A proposal from its calculation to the ordinary acts that follow a yes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from baodao.allocation.commands.answers import (
    accept_for_oneself,
    accept_for_unit,
    decline_invitation,
    issue_agreed,
)
from baodao.allocation.commands.proposals import adopt, request_allocation, withdraw
from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.queries.allocations import invitation_of, letters_due
from baodao.allocation.rules.choices import AllocationAim, AllocationChoices
from baodao.allocation.tasks import calculate as calculate_task
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, read_period
from baodao.kernel.undo import take_back
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.handovers import SUCCESSIONS, Aim, Reform
from baodao.partnership.commands import registrations as contacts
from baodao.registration.commands import arrivals, departures, letters
from baodao.registration.models import Registration
from tests.allocation.steps import needs_in, ready, unreported
from tests.jobs import job_context
from tests.orgs.test_reorganisations import done, succeeded, undone
from tests.partnership.test_unit_registrations import CONTACT, presented
from tests.registration.browsing import browser, text
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(world: World) -> Allocation:
    """柳荫社区 has needs and nobody; five members live in 石桥社区, which has none."""
    needs_in(world, "an", "willow", 6)
    unreported(world, 5)
    return ready(world)


def member(row: AllocationLine) -> Actor:
    return Actor(None, row.person_id, row.name)


def _count(world: World, metric: str) -> dict[int, int]:
    """A figure of the district by community, where it is not 0."""
    as_of = AsOf(clock.now() + timedelta(seconds=1))
    east = place_then(world.east, as_of)
    query = FigureQuery(world.east, east, (METRICS[metric],), as_of, read_period("", as_of))
    [count] = query.counts()
    return {leaf.id: leaf.figures[metric] for leaf in count.leaves() if leaf.figures[metric]}


def rows_of(proposal: Allocation) -> list[AllocationLine]:
    return list(proposal.lines.order_by("person__pinyin").select_related("person"))


def test_weak_places_are_helped_first_and_nobody_is_moved(
    world: World, proposal: Allocation
) -> None:
    rows = rows_of(proposal)
    assert {row.community_id for row in rows} == {world.willow.pk}
    assert {(row.state, row.wish_kept) for row in rows if row.name != "陈晓宇"} == {
        ("proposed", False)
    }
    today, then = (proposal.measures[key]["need_met"] for key in ("today", "proposal"))
    assert (today, then, proposal.measures["gap"]) == (0, 100, 0)
    assert not Registration.objects.exists()
    assert not Notice.objects.filter(kind__startswith="allocation").exists()


def test_only_the_authority_makes_and_adopts_proposals(world: World, proposal: Allocation) -> None:
    choices = AllocationChoices(AllocationAim.MEMBERS, world.east.pk)
    for name in ("an", "deng", "dai", "chen", "gu", "su"):
        with pytest.raises(Absent):
            request_allocation(world.actor(name), authority_id=world.east.pk, choices=choices)
        with pytest.raises(Absent):
            adopt(world.actor(name), allocation_id=proposal.pk)
    with pytest.raises(Absent):
        request_allocation(world.actor("fan"), authority_id=world.west.pk, choices=choices)


def test_a_member_who_agrees_gets_the_letter_there_from_their_unit(
    world: World, proposal: Allocation
) -> None:
    first, second, *_others = rows_of(proposal)
    batch = adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[first.pk, second.pk])
    assert (len(batch.done), proposal.lines.filter(state="proposed").count()) == (2, 4)
    assert invitation_of(member(first), first.pk) == first
    with pytest.raises(Absent):
        accept_for_oneself(member(second), line_id=first.pk)
    accept_for_oneself(member(first), line_id=first.pk)
    decline_invitation(member(second), line_id=second.pk, reason="要照顾老人")
    told = Notice.objects.get(kind="allocation-declined")
    assert (told.organisation, told.facts["reason"]) == (world.east, "要照顾老人")
    dai = world.actor("dai")
    assert list(letters_due(dai)) == [first]
    assert not letters_due(world.actor("an")).exists()
    due = with_closed(Notice.objects.filter(kind="allocation-letter-due"))
    assert not due.get().closed
    [letter] = issue_agreed(dai, line_ids=[first.pk]).done
    assert (letter.community, letter.person_id) == (world.willow, first.person_id)
    assert letter.invited_by == world.east
    assert due.get().closed
    first.refresh_from_db()
    assert first.settled_at is not None
    with pytest.raises(Refused, match="allocation-line"):
        accept_for_oneself(member(first), line_id=first.pk)


@pytest.mark.parametrize("letter_first", [False, True])
def test_who_agreed_counts_as_placed_whichever_page_wrote_their_letter(
    world: World, proposal: Allocation, letter_first: bool
) -> None:
    line, dai = rows_of(proposal)[0], world.actor("dai")

    def written() -> Registration:
        ids, place = [line.person_id], world.willow.pk
        [row] = letters.issue_letters(dai, person_ids=ids, community_id=place).done
        return row

    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    row = written() if letter_first else None
    accept_for_oneself(member(line), line_id=line.pk)
    row = row or written()
    assert _count(world, "hosted_invited") == {}, "counts from its acceptance on"
    arrivals.accept(world.actor("an"), registration_ids=[row.pk])
    assert _count(world, "hosted_invited") == {world.willow.pk: 1}
    departures.end(
        world.actor("an"), registration_id=row.pk, reason="moved", ended_on=clock.today()
    )
    assert _count(world, "hosted_invited") == {}
    assert not letters_due(dai).exists(), "what came of a yes is asked for once"


def test_a_unit_that_agreed_counts_as_placed_though_it_presented_its_form_anew(
    world: World,
) -> None:
    needs_in(world, "bao", "bridge", 3)
    proposal = ready(world, AllocationAim.UNITS)
    adopt(world.actor("fan"), allocation_id=proposal.pk)
    deng = world.actor("deng")
    accept_for_unit(deng, line_id=proposal.lines.get().pk, contact=CONTACT)
    form = Notice.objects.get(kind="unit-presented", organisation=world.bridge).about
    contacts.end(deng, unit_registration_id=form, reason="填错了")
    places = {"unit_id": world.bureau.pk, "community_id": world.bridge.pk}
    again = contacts.present(deng, **places, contact=CONTACT)
    contacts.accept(world.actor("bao"), unit_registration_id=again.pk)
    assert _count(world, "hosted_units_invited") == {world.bridge.pk: 1}


def test_what_changed_since_is_named_and_the_others_go_on(
    world: World, proposal: Allocation
) -> None:
    rows = rows_of(proposal)
    reported = letters.issue_letters(world.actor("dai"), person_ids=[rows[0].person_id]).done
    batch = adopt(world.actor("fan"), allocation_id=proposal.pk)
    assert [(name, why.code) for name, why in batch.refused] == [
        (rows[0].name, "allocation.reported")
    ]
    assert len(batch.done) == len(rows) - 1
    assert reported[0].community.name in batch.refused[0][1].text()
    again = adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[rows[1].pk])
    assert [why.code for _name, why in again.refused] == ["allocation-line.invited"]


def test_a_minimum_is_kept_also_where_nobody_needs_anything(world: World) -> None:
    needs_in(world, "an", "willow", 6)
    unreported(world, 9)
    proposal = ready(world, minimum=3)
    assert {site["planned"] >= 3 for site in proposal.sites} == {True}
    assert "达不到下限" not in text(browser(world, "fan").get(f"/allocations/{proposal.pk}/"))


def test_a_minimum_that_is_not_reached_is_said_with_the_names(world: World) -> None:
    needs_in(world, "an", "willow", 6)
    unreported(world, 1)
    page = text(browser(world, "fan").get(f"/allocations/{ready(world, minimum=5).pk}/"))
    assert "达不到下限 5" in page
    assert "石桥社区" in page.split("达不到下限")[1][:60]


def test_what_was_adopted_has_no_tick_and_both_ends_of_the_list_have_the_buttons(
    world: World, proposal: Allocation
) -> None:
    [row, *others] = rows_of(proposal)
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[row.pk])
    page = text(browser(world, "fan").get(f"/allocations/{proposal.pk}/"))
    assert f'value="{row.pk}"' not in page
    assert page.count('name="ids"') == len(others)
    assert page.count("采纳勾选的") == 2


def test_a_proposal_that_is_worse_than_today_says_in_what(world: World) -> None:
    people = unreported(world, 4)
    rows = letters.issue_letters(world.actor("dai"), person_ids=[one.pk for one in people]).done
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(state="submitted")
    arrivals.accept(world.actor("bao"), registration_ids=[row.pk for row in rows])
    needs_in(world, "an", "willow", 6)
    proposal = ready(world, AllocationAim.CROWDED)
    page = text(browser(world, "fan").get(f"/allocations/{proposal.pk}/"))
    assert "不如今天：最远路程、满足意愿" in page


@pytest.mark.parametrize("reform", SUCCESSIONS)
def test_a_community_that_was_closed_before_adoption_takes_nobody(
    world: World, proposal: Allocation, reform: Reform
) -> None:
    succeeded(world, reform)
    batch = adopt(world.actor("fan"), allocation_id=proposal.pk)
    assert {why.code for _name, why in batch.refused} == {"organisation.succeeded"}
    assert not batch.done


@pytest.mark.parametrize("reform", SUCCESSIONS)
def test_an_invitation_ends_with_its_community(
    world: World, proposal: Allocation, reform: Reform
) -> None:
    [row, *_others] = rows_of(proposal)
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[row.pk])
    act = succeeded(world, reform)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ended", act.reason)
    assert Notice.objects.filter(kind="allocation-ended", person=row.person).exists()
    with pytest.raises(Refused, match="allocation-line"):
        accept_for_oneself(member(row), line_id=row.pk)


def test_an_invitation_of_a_member_goes_with_the_unit_and_an_answer_stays(
    world: World, proposal: Allocation
) -> None:
    adopt(world.actor("fan"), allocation_id=proposal.pk)
    rows = rows_of(proposal)
    answered, waiting = rows[0], next(row for row in rows[1:] if row.unit_id == rows[0].unit_id)
    decline_invitation(member(answered), line_id=answered.pk, reason="路太远")
    unit = answered.unit
    heir = next(one for one in (world.commission, world.bureau) if one != unit)
    act = done(world, unit, Aim(Reform.MERGED, successor_id=heir.pk))
    for row, of in ((answered, unit), (waiting, heir)):
        row.refresh_from_db()
        assert row.unit == of
    assert waiting.state == "invited"
    undone(world, act)
    waiting.refresh_from_db()
    assert waiting.unit == unit


def test_an_adoption_is_taken_back_where_nobody_was_reached(
    world: World, proposal: Allocation
) -> None:
    first, second, *_others = rows_of(proposal)
    batch = adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[first.pk, second.pk])
    accept_for_oneself(member(second), line_id=second.pk)
    assert batch.undo_id is not None
    undone = take_back(world.actor("fan"), undo_id=batch.undo_id)
    assert (undone.done, [name for name, _why in undone.refused]) == ([first], [second.name])
    first.refresh_from_db()
    assert (first.state, first.invited_at) == ("proposed", None)


def test_who_withdraws_a_proposal_ends_what_nobody_answered(
    world: World, proposal: Allocation
) -> None:
    first, second, *_others = rows_of(proposal)
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[first.pk, second.pk])
    accept_for_oneself(member(second), line_id=second.pk)
    withdraw(world.actor("fan"), allocation_id=proposal.pk, reason="另行安排")
    assert [row.state for row in rows_of(proposal)[:2]] == ["ended", "accepted"]
    with pytest.raises(Refused, match="withdrawn"):
        adopt(world.actor("fan"), allocation_id=proposal.pk)


def test_a_unit_agrees_and_its_contact_form_lies_before_the_community(world: World) -> None:
    needs_in(world, "bao", "bridge", 3)
    proposal = ready(world, AllocationAim.UNITS)
    [row] = proposal.lines.all()
    assert (row.unit, row.community) == (world.bureau, world.bridge)
    adopt(world.actor("fan"), allocation_id=proposal.pk)
    for name in ("qin", "an", "fan", "chen"):
        with pytest.raises(Absent):
            accept_for_unit(world.actor(name), line_id=row.pk, contact=CONTACT)
    accept_for_unit(world.actor("dai"), line_id=row.pk, contact=CONTACT)
    form = Notice.objects.get(kind="unit-presented", organisation=world.bridge).about
    contacts.accept(world.actor("bao"), unit_registration_id=form)
    assert _count(world, "hosted_units_invited") == {world.bridge.pk: 1}
    page = text(browser(world, "fan").get(f"/allocations/{proposal.pk}/"))
    assert "1 个薄弱社区中，1 个已增加力量" in page
    rows = f'<a href="?community={world.bridge.pk}#rows">已同意 1</a>'
    assert rows in page, "what they answered opens the rows of which it is counted"


def test_a_unit_goes_over_to_the_weak_place_by_one_act(world: World) -> None:
    form = presented(world)
    contacts.accept(world.actor("an"), unit_registration_id=form.pk)
    needs_in(world, "bao", "bridge", 3)
    proposal = ready(world, AllocationAim.ALL_UNITS)
    [row] = proposal.lines.all()
    assert (row.former, row.community) == (world.willow, world.bridge)
    adopt(world.actor("fan"), allocation_id=proposal.pk)
    accept_for_unit(world.actor("deng"), line_id=row.pk, contact=CONTACT)
    form.refresh_from_db()
    assert form.state == "ended"


def test_a_member_of_a_crowded_community_goes_over_by_a_transfer(world: World) -> None:
    people = unreported(world, 4)
    rows = letters.issue_letters(world.actor("dai"), person_ids=[one.pk for one in people]).done
    letters_of = [row.pk for row in rows]
    Registration.objects.filter(pk__in=letters_of).update(state="submitted")
    arrivals.accept(world.actor("bao"), registration_ids=letters_of)
    needs_in(world, "an", "willow", 6)
    proposal = ready(world, AllocationAim.CROWDED)
    row = proposal.lines.first()
    assert row is not None
    assert (row.former, row.community) == (world.bridge, world.willow)
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[row.pk])
    accept_for_oneself(member(row), line_id=row.pk)
    live = Registration.objects.get(person=row.person, state="submitted")
    assert live.community == world.willow
    assert _count(world, "hosted_invited") == {}, "counts from its acceptance on"
    arrivals.accept(world.actor("an"), registration_ids=[live.pk])
    assert _count(world, "hosted_invited") == {world.willow.pk: 1}


def test_the_worker_says_in_words_why_nothing_can_be_proposed(world: World) -> None:
    fan = world.actor("fan")
    choices = AllocationChoices(AllocationAim.CROWDED, world.east.pk)
    row = request_allocation(fan, authority_id=world.east.pk, choices=choices)
    calculate_task.func(job_context(), str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.refusal["code"]) == ("unsolved", "allocation.nobody")
    assert "没有需要安排" in text(browser(world, "fan").get(f"/allocations/{row.pk}/"))


def test_a_district_adopts_on_the_page_and_a_member_agrees_with_one_tap(
    world: World, proposal: Allocation
) -> None:
    fan = browser(world, "fan")
    page = text(fan.get(f"/allocations/{proposal.pk}/"))
    for words in ("需求覆盖", "最拥挤", "薄弱"):
        assert words in page
    for ending in ("xlsx", "pdf"):
        address = f"/allocations/{proposal.pk}/?export={ending}&state=proposed"
        assert fan.get(address).status_code == 200, ending
    assert "占按需应有的比例最低的薄弱社区排在最前" in page
    assert "个薄弱社区中有" in page, "the trade-off has its reasons in words"
    plan = f"/allocations/{proposal.pk}/plan"
    for ending in ("html", "pdf", "docx", "xlsx"):
        assert fan.get(f"{plan}.{ending}").status_code == 200, ending
    assert "服务力量分配方案" in text(fan.get(f"{plan}.html"))
    assert browser(world, "deng").get(f"{plan}.html").status_code == 404
    own = AllocationLine.objects.get(person=world.people["chen"])
    body = {"client_id": uuid4(), "ids": [own.pk]}
    assert "待采纳" in text(fan.get("/allocations/")).split("<table")[-1]
    fan.post(f"/allocations/{proposal.pk}/adopt/", body)
    rows = proposal.lines.count()
    assert f"已采纳 1/{rows} 条" in text(fan.get("/allocations/"))
    chen = browser(world, "chen")
    here = f"/allocations/invitations/{own.pk}/"
    assert "柳荫社区" in text(chen.get(here))
    chen.post(here, {"client_id": uuid4()})
    own.refresh_from_db()
    assert own.state == "accepted"
    dai = browser(world, "dai")
    assert "陈晓宇" in text(dai.get("/allocations/invitations/"))
    dai.post("/allocations/invitations/letters/", {"client_id": uuid4(), "ids": [own.pk]})
    assert Registration.objects.get(person=own.person).community == world.willow
    for name in ("an", "deng", "chen", "gu"):
        assert browser(world, name).get(f"/allocations/{proposal.pk}/").status_code == 404, name
