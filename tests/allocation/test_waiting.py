"""What waits of balanced allocation on first pages, and what becomes of it with persons."""

from functools import partial

import pytest

from baodao.allocation.commands.answers import (
    accept_for_oneself,
    accept_for_unit,
    decline_invitation,
)
from baodao.allocation.commands.proposals import adopt
from baodao.allocation.models import Allocation, AllocationLine
from baodao.allocation.queries.allocations import letter_due_count, letters_due
from baodao.allocation.rules.choices import AllocationAim
from baodao.identities.commands.merges import confirm_merge, propose_merge, undo_merge
from baodao.kernel.authz import Actor
from baodao.needs.commands.needs import close_need
from baodao.needs.models import Need
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Person
from baodao.registration.commands.departures import withdraw
from baodao.registration.commands.letters import issue_letters
from baodao.registration.models import Registration
from tests import factories
from tests.allocation.steps import needs_in, ready, unreported
from tests.orgs.test_reorganisations import done, undone
from tests.partnership.test_unit_registrations import CONTACT
from tests.people.steps import transferred
from tests.registration.browsing import browser, client_id, text
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(world: World) -> Allocation:
    """Chen and two more, of whom 柳荫社区 has need."""
    needs_in(world, "an", "willow", 6)
    unreported(world, 2)
    return ready(world)


def line_of(person: Person) -> AllocationLine:
    return AllocationLine.objects.select_related("person").get(person=person)


def test_a_proposal_waits_on_the_overview_until_a_row_of_it_is_adopted(
    world: World, proposal: Allocation
) -> None:
    fan = browser(world, "fan")
    page = text(fan.get("/overview/"))
    assert "1 个方案待决定" in page
    assert f"/allocations/{proposal.pk}/" in page
    line = line_of(world.people["chen"])
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    assert "个方案待决定" not in text(fan.get("/overview/"))


def test_an_invitation_waits_on_the_first_page_until_it_is_answered(
    world: World, proposal: Allocation
) -> None:
    chen, dai, line = browser(world, "chen"), browser(world, "dai"), line_of(world.people["chen"])
    here = f"/allocations/invitations/{line.pk}/"
    assert here not in text(chen.get("/me/today/"))
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    assert here in text(chen.get("/me/today/"))
    assert "待开介绍信" not in text(dai.get("/unit/"))
    accept_for_oneself(world.actor("chen"), line_id=line.pk)
    assert here not in text(chen.get("/me/today/"))
    assert "1 名党员已同意，待开介绍信" in text(dai.get("/unit/"))


def test_a_unit_reads_on_its_first_page_that_it_was_invited(world: World) -> None:
    needs_in(world, "bao", "bridge", 3)
    proposal = ready(world, AllocationAim.UNITS)
    adopt(world.actor("fan"), allocation_id=proposal.pk)
    dai = browser(world, "dai")
    assert "1 个到其他社区服务的邀请待答复" in text(dai.get("/unit/"))
    [line] = proposal.lines.all()
    accept_for_unit(world.actor("dai"), line_id=line.pk, contact=CONTACT)
    assert "邀请待答复" not in text(dai.get("/unit/"))


def test_an_old_page_says_that_the_invitation_was_answered(
    world: World, proposal: Allocation
) -> None:
    chen, line = browser(world, "chen"), line_of(world.people["chen"])
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    here = f"/allocations/invitations/{line.pk}/"
    body = {"client_id": client_id(chen.get(here))}
    decline_invitation(world.actor("chen"), line_id=line.pk, reason="要照顾老人")
    assert "已回复不同意" in text(chen.post(here, body))


def test_who_went_to_another_unit_waits_for_its_letter_and_not_for_that_of_before(
    world: World, proposal: Allocation
) -> None:
    line = line_of(world.people["chen"])
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    accept_for_oneself(world.actor("chen"), line_id=line.pk)
    dai = world.actor("dai")
    assert list(letters_due(dai)) == [line]
    transferred(world)
    assert not letters_due(dai).exists()
    assert letter_due_count(dai, world.bureau).answer() == 0


def test_an_old_page_of_letters_says_how_each_stands(world: World, proposal: Allocation) -> None:
    line, dai = line_of(world.people["chen"]), browser(world, "dai")
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    accept_for_oneself(world.actor("chen"), line_id=line.pk)
    body, ids = {"ids": [str(line.pk)]}, [line.person_id]
    issue = partial(issue_letters, world.actor("dai"), person_ids=ids)
    [letter] = issue(community_id=world.bridge.pk).done
    here = "/allocations/invitations/letters/"
    old = text(dai.post(here, body, follow=True))
    assert (letter.letter.number_text in old, "石桥社区" in old) == (True, True)
    withdraw(world.actor("dai"), registration_id=letter.pk, reason="开错了")
    assert letter_due_count(world.actor("dai"), world.bureau).answer() == 1
    assert "已开具 1 封" in text(dai.post(here, body, follow=True))
    again = Registration.objects.get(person=line.person_id, state="issued")
    withdraw(world.actor("dai"), registration_id=again.pk, reason="开错了")
    assert "查漏补缺" in text(dai.post(here, body, follow=True)).split("此前已开出")[1]


@pytest.mark.parametrize("reform", [Reform.MERGED, Reform.DISSOLVED])
def test_a_letter_to_a_community_that_is_gone_waits_for_nobody(
    world: World, proposal: Allocation, reform: Reform
) -> None:
    line = line_of(world.people["chen"])
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    accept_for_oneself(world.actor("chen"), line_id=line.pk)
    for need in Need.objects.filter(community=world.willow):
        close_need(world.actor("an"), need_id=need.pk, met=True, reason="已解决")
    heir = {"successor_id": world.bridge.pk} if reform is Reform.MERGED else {}
    act = done(world, world.willow, Aim(reform, **heir))
    waits = [line] if reform is Reform.MERGED else []
    dai = world.actor("dai")
    assert list(letters_due(dai)) == waits
    assert letter_due_count(dai, world.bureau).answer() == len(waits)
    undone(world, act)
    assert list(letters_due(dai)) == [line]


def test_who_was_entered_twice_has_one_invitation(world: World) -> None:
    chen = world.people["chen"]
    twice = factories.member("陈晓宇", world.second, home_community=world.bridge)
    needs_in(world, "an", "willow", 6)
    proposal = ready(world)
    adopt(world.actor("fan"), allocation_id=proposal.pk)
    merge = propose_merge(
        world.actor("dai"),
        person_id=chen.pk,
        number=twice.number,
        reason="登记了两次",
        evidence="核对证件",
    )
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert [row.state for row in (line_of(chen), line_of(twice))] == ["invited", "ended"]
    accept_for_oneself(Actor(None, chen.pk, chen.name), line_id=line_of(chen).pk)


def test_the_invitation_of_the_mistaken_entry_is_that_of_the_person_until_it_is_undone(
    world: World,
) -> None:
    needs_in(world, "an", "willow", 6)
    [twice] = unreported(world, 1)
    proposal = ready(world)
    line = line_of(twice)
    adopt(world.actor("fan"), allocation_id=proposal.pk, line_ids=[line.pk])
    kept = factories.member("党员甲", world.second)
    merge = propose_merge(
        world.actor("dai"),
        person_id=kept.pk,
        number=twice.number,
        reason="登记了两次",
        evidence="核对证件",
    )
    confirm_merge(world.actor("deng"), merge_id=merge.pk)
    assert line_of(kept) == line
    undo_merge(world.actor("dai"), merge_id=merge.pk)
    assert line_of(twice) == line
