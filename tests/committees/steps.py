"""Short ways to committees and their meetings, for tests that begin in the middle."""

from datetime import timedelta
from typing import Any

from baodao.committees.commands.committees import add_member, form_committee
from baodao.committees.commands.meetings import call_meeting
from baodao.committees.models import Committee, CommitteeMember, Meeting
from baodao.committees.rules.committees import MeetingFacts, MemberFacts
from baodao.kernel import clock
from baodao.orgs.models import Organisation
from tests.world import World


def committee(world: World, *organisations: Organisation) -> Committee:
    """An forms one of her community, with these in it from today on."""
    row = form_committee(
        world.actor("an"), place_id=world.willow.pk, kind="great", name="柳荫社区大党委"
    )
    for one in organisations:
        member(world, row, organisation_id=one.pk, office="兼职委员")
    return row


def member(world: World, row: Committee, **words: Any) -> CommitteeMember:
    """An takes somebody in."""
    facts = MemberFacts(**{"since": clock.today(), **words})
    return add_member(world.actor("an"), committee_id=row.pk, facts=facts)


def meeting(world: World, row: Committee, **words: Any) -> Meeting:
    """An calls it together for the day after tomorrow, about the lift."""
    base = {"spot": "二楼会议室", "words": ("电梯大修怎么办",)}
    starts_at = words.pop("starts_at", clock.now() + timedelta(days=2))
    facts = MeetingFacts(starts_at, **{**base, **words})
    return call_meeting(world.actor("an"), committee_id=row.pk, facts=facts)
