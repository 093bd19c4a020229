"""By which households groups stand: taken on, handed over, ended; read by who is in the group."""

from typing import NamedTuple
from uuid import UUID

from baodao.helpgroups.commands.groups import locked_group, note_group
from baodao.helpgroups.models import GroupAide, GroupHousehold, HelpGroup
from baodao.helpgroups.queries.groups import own_stand, stand_of, stand_to_steer
from baodao.helpgroups.queries.helps import over_aides, over_stands
from baodao.helpgroups.rules.groups import (
    BY_HAND,
    AideEnding,
    StandEnding,
    check_stands,
    check_title,
)
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.offers.rules.offers import SEALED, check_nameless
from baodao.residents.commands.entries import entry_in
from baodao.residents.models import SupportMeasure
from baodao.residents.queries.entries import household_names
from baodao.residents.queries.files import check_on, filed_household, kept_files


class HelpedHousehold(NamedTuple):
    """What who is in the group reads of a household, and no more: name, telephone, address, and
    what is still to be done for them."""

    name: str
    phone: str
    address: str
    measures: list[SupportMeasure]


@command
def assign_household(actor: Actor, *, group_id: UUID, file_id: UUID, title: str) -> GroupHousehold:
    """Let a group stand by a household that has a file; refused where another group does, or where
    the words that are read unopened tell who it is."""
    words = check_title(title)
    file = filed_household(actor, file_id)
    group = locked_group(actor, group_id)
    if not file.community.path.startswith(group.community.path) and not (
        group.community.path.startswith(file.community.path)
    ):
        raise Absent("household file")
    _check_free(file.entry_id)
    check_nameless([words], household_names(file.entry_id), SEALED)
    stand = GroupHousehold.objects.create(
        group=group,
        household=file.entry,
        community=file.community,
        file_number=file.number,
        title=words,
        taken_by=actor.name,
    )
    note_group(actor, "help-group.took-on", group, title=words)
    return stand


def _check_free(household_id: UUID) -> None:
    """Refuse a second group; what held once and is over by now gives way."""
    present = stand_of(household_id)
    if present is not None:
        raise Refused(
            "help-group.taken",
            gettext_noop("“%(group)s” stands by this household already; hand it over there."),
            group=present.group.name,
        )
    stale = GroupHousehold.objects.filter(household=household_id, ended_at=None)
    stale.update(ended_at=clock.now(), ending=StandEnding.GONE)


def _locked(actor: Actor, stand_id: UUID) -> tuple[GroupHousehold, HelpGroup]:
    group = locked_group(actor, stand_to_steer(actor, stand_id).group_id)
    rows = GroupHousehold.objects.select_related("household", "community")
    stand = rows.select_for_update(of=("self",)).get(pk=stand_id)
    check_stands(stand.ended_at)
    return stand, group


@command
def reassign_household(
    actor: Actor, *, stand_id: UUID, group_id: UUID, reason: str
) -> GroupHousehold:
    """Let another group stand by a household: from this instant the one before reads nothing of
    it."""
    why = check_reason(reason)
    stand, group = _locked(actor, stand_id)
    if group.pk == group_id:
        raise Refused("help-group.same", gettext_noop("Choose another group."))
    other = locked_group(actor, group_id)
    check_nameless([why], household_names(stand.household_id), SEALED)
    _close(actor, stand, StandEnding.HANDED_OVER, why)
    follower = GroupHousehold.objects.create(
        group=other,
        household=stand.household,
        community=stand.community,
        file_number=stand.file_number,
        title=stand.title,
        taken_by=actor.name,
        follows=stand,
    )
    facts: dict[str, journal.Fact] = {"title": stand.title, "group": other.name, "reason": why}
    note_group(actor, "help-group.handed-over", group, **facts)
    note_group(actor, "help-group.took-on", other, title=stand.title)
    return follower


@command
def end_stand(actor: Actor, *, stand_id: UUID, ending: str, reason: str) -> GroupHousehold:
    """Let a group stand by a household no longer; what it did stays."""
    if ending not in BY_HAND:
        raise Refused("help-group.ending", gettext_noop("Choose why it ends."))
    stand, group = _locked(actor, stand_id)
    check_nameless([reason], household_names(stand.household_id), SEALED)
    _close(actor, stand, StandEnding(ending), reason.strip())
    note_group(actor, "help-group.ended", group, title=stand.title, reason=reason.strip())
    return stand


def _close(actor: Actor, stand: GroupHousehold, ending: StandEnding, why: str) -> None:
    stand.ended_at, stand.ended_by = clock.now(), actor.name
    stand.ending, stand.reason = ending, why
    stand.save(update_fields=["ended_at", "ended_by", "ending", "reason"])


@command
def read_helped_household(actor: Actor, *, stand_id: UUID) -> HelpedHousehold:
    """Whom the group helps, in clear, for who is in it now; that they read it stands in the log
    that the household is shown. Raises `Absent` for anybody else, and once it is over."""
    stand = own_stand(actor, stand_id)
    entry = entry_in(stand.household)
    file = kept_files().get(entry=stand.household_id)
    check_on(file.community)
    measures = list(file.measures.filter(ended_at=None).order_by("due_on", "pk"))
    facts: dict[str, journal.Fact] = {"number": file.number, "reason": stand.group.name}
    journal.write(actor, "household.aide-opened", file.pk, file.community_id, **facts)
    return HelpedHousehold(entry.name, entry.phone, entry.address, measures)


@command
def close_over(actor: Actor) -> int:
    """Write down what is over: households whose file is kept elsewhere or deleted, aides who
    serve, or are in their team, no longer; how many. Anybody may: it is so already."""
    stands, aides = over_stands(), over_aides()
    for stand in stands:
        _close(actor, stand, StandEnding.GONE, "")
    for aide in aides:
        aide.ended_at, aide.ending = clock.now(), AideEnding.GONE
        aide.save(update_fields=["ended_at", "ending"])
    acts = [_ended(row) for row in stands] + [_gone(row) for row in aides]
    journal.write_many(actor, acts)
    return len(acts)


def _ended(row: GroupHousehold) -> journal.Act:
    facts: dict[str, journal.Fact] = {"title": row.title, "reason": ""}
    return journal.Act("help-group.ended", row.group_id, row.community_id, facts)


def _gone(row: GroupAide) -> journal.Act:
    facts: dict[str, journal.Fact] = {"group": row.group.name, "reason": ""}
    return journal.Act("group-aide.left", row.pk, row.group.community_id, facts)
