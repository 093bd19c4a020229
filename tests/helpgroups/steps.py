"""Short ways to help groups, for tests that begin in the middle."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from baodao.helpgroups.commands.groups import found_group, join_group
from baodao.helpgroups.commands.helps import HelpFacts, state_help
from baodao.helpgroups.commands.households import assign_household
from baodao.helpgroups.commands.measures import plan_with_doer
from baodao.helpgroups.models import GroupAide, GroupHousehold, HelpGroup, MeasureDoer
from baodao.helpgroups.rules.doers import DoerFacts
from baodao.helpgroups.rules.groups import AideFacts
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.people.models import Person
from baodao.residents.commands.measures import plan_measure
from baodao.residents.models import HouseholdFile, SealedHousehold
from baodao.residents.rules.households import MeasureFacts
from baodao.statements.models import Statement
from tests.offers.steps import registered
from tests.residents import steps as files
from tests.world import World

TITLE = "常去看望的老人"


def group(world: World, name: str = "第一网格红色帮扶小组") -> HelpGroup:
    """An founds a group where files are switched on."""
    return found_group(world.actor("an"), community_id=world.willow.pk, name=name)


def joined(world: World, row: HelpGroup, who: UUID | None) -> GroupAide:
    """An asks somebody who is registered there into it."""
    aide = AideFacts("backbone", person_id=who)
    return join_group(world.actor("an"), group_id=row.pk, aide=aide)


def taken(world: World, row: HelpGroup, file: HouseholdFile) -> GroupHousehold:
    """An gives it the household of a file."""
    return assign_household(world.actor("an"), group_id=row.pk, file_id=file.pk, title=TITLE)


def at_work(world: World) -> tuple[HelpGroup, GroupHousehold, Actor]:
    """A group with a member in it that stands by a household."""
    [member] = registered(world, 1)
    files.on(world)
    row = group(world)
    joined(world, row, member.person_id)
    return row, taken(world, row, files.full_file(world)), member


def helped(actor: Actor, stand: GroupHousehold, words: str = "") -> Statement:
    """Somebody of the group visits them today."""
    facts = HelpFacts("company", clock.today(), 30, words)
    return state_help(actor, stand_id=stand.pk, help_given=facts)


def values_of(world: World, who: Person, name: str) -> dict[str, UUID]:
    """What addresses of help groups point at: somebody is in one of An's community, which stands by
    the household of the file of this name."""
    row = group(world, "帮扶小组")
    aide = joined(world, row, who.pk)
    file = HouseholdFile.objects.get(SealedHousehold.name.equals(name, "entry__"))
    stand = taken(world, row, file)
    facts = MeasureFacts("other", "送米面", clock.today(), "")
    an = world.actor("an")
    mine = plan_with_doer(an, file_id=file.pk, measure=facts, doer=DoerFacts(group_id=row.pk))
    theirs = plan_measure(an, file_id=file.pk, measure=replace(facts, doer=world.bureau.name))
    MeasureDoer.objects.create(measure=theirs, organisation=world.bureau)
    return {
        "own_measure_id": mine.pk,
        "unit_measure_id": theirs.pk,
        "help_group_id": row.pk,
        "group_aide_id": aide.pk,
        "group_household_id": stand.pk,
        "own_aide_id": aide.pk,
        "own_stand_id": stand.pk,
    }


def later(days: int) -> timedelta:
    """So many days."""
    return timedelta(days=days)
