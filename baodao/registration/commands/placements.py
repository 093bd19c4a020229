"""Where a community puts the members it has received: in a grid, in a team, or in neither."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple
from uuid import UUID

from baodao.documents.commands import complete
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock, lock_many
from baodao.kernel.stages import turn
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.notices.commands.deliveries import unsay
from baodao.notices.commands.notices import Announcement, announce
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands.messages import to_member
from baodao.registration.models import Registration
from baodao.registration.queries.desks import places_of
from baodao.registration.queries.papers import place_facts
from baodao.registration.queries.registrations import label_of, registrations
from baodao.registration.rules.papers import REGISTRATION_CARD
from baodao.registration.rules.removals import (
    Removals,
    TeamNotices,
    announce_removals,
    announce_returns,
)
from baodao.registration.rules.states import check_placed

PLACEMENT = "registration.placement"
"""The name by which placing many is taken back."""


class Whereabouts(NamedTuple):
    """The grid and the team of a member by their ids, None for neither."""

    grid_id: int | None
    team_id: int | None


@command
def place(
    actor: Actor, *, registration_id: UUID, grid_id: int | None, team_id: int | None
) -> Registration:
    """Put an accepted member into a grid and a team of the community, or out of them (None).

    A grid or team that was closed since stays until another is named. The registration card gets
    the first; a later one stands on a card that is issued anew.
    """
    rows = registrations(actor, Permission.REGISTRATION_PLACE)
    registration = lock(rows, registration_id)
    check_placed(registration.state)
    if grid_id != registration.grid_id:
        registration.grid = _open_place(registration.community, Kind.GRID, grid_id)
    if team_id != registration.team_id:
        registration.team = _open_place(registration.community, Kind.TEAM, team_id)
    _put(actor, [registration])
    return registration


@command
def place_many(
    actor: Actor, *, registration_ids: Collection[UUID], places: Mapping[Kind, int | None]
) -> Batch[Registration]:
    """Put accepted members into one grid, one team, or both, or out of them (None); what `places`
    does not name stays. Who stands there already is done, and hears nothing. Raises `Absent` for
    anybody out of scope.
    """
    if not places:
        raise Refused("placement.empty", gettext_noop("Choose a grid or a team to put them in."))
    batch, marks = put_many(actor, registration_ids, places)
    return replace(batch, undo_id=leave_note(actor, PLACEMENT, marks)) if marks else batch


def put_many(
    actor: Actor, registration_ids: Collection[UUID], places: Mapping[Kind, int | None]
) -> tuple[Batch[Registration], Marks]:
    """What `place_many` does, with the marks by which `take_back` puts them back: empty where
    nobody was moved."""
    rows = lock_many(registrations(actor, Permission.REGISTRATION_PLACE), registration_ids)
    before = {row.pk: _of(row) for row in rows}
    open_place = cache(_open_place)

    def placed(row: Registration) -> Registration:
        check_placed(row.state)
        grid = open_place(row.community, Kind.GRID, places.get(Kind.GRID))
        team = open_place(row.community, Kind.TEAM, places.get(Kind.TEAM))
        row.grid = grid if Kind.GRID in places else row.grid
        row.team = team if Kind.TEAM in places else row.team
        return row

    batch = Batch.each(rows, placed, label_of)
    moved = [row for row in batch.done if before[row.pk] != _of(row)]
    notice_ids, of_teams = _put(actor, moved)
    marks = {
        str(row.pk): [
            before[row.pk],
            _of(row),
            notice_ids.get(row.pk),
            _of_team(of_teams, before[row.pk].team_id, row),
        ]
        for row in moved
    }
    return batch, marks


def _of_team(of_teams: TeamNotices, former: int | None, row: Registration) -> dict[str, str]:
    """What was said of the `former` team that somebody left, and to whom, as JSON keeps it."""
    notices = of_teams.get(former, {}) if former and former != row.team_id else {}
    return {str(key): str(person) for key, person in notices.items()}


@takes_back(PLACEMENT)
def take_back(actor: Actor, marks: Marks) -> Batch[Registration]:
    """Put members back where they stood before `place_many`; who was moved or has left meanwhile
    stays as they are and is named.

    A card that got its first grid or team by that act has none again. What nobody read of it and no
    channel carried out was never said; whom it reached is told where they stand. Raises `Absent`
    for anybody out of scope.
    """
    stood = {UUID(pk): [Whereabouts(*ids) for ids in mark[:2]] for pk, mark in marks.items()}
    notice_ids = {UUID(pk): UUID(mark[2]) for pk, mark in marks.items() if mark[2]}
    rows = lock_many(registrations(actor, Permission.REGISTRATION_PLACE), stood)
    written: dict[UUID, Mapping[str, object]] = {}

    def put_back(row: Registration) -> Registration:
        check_placed(row.state)
        before, since = stood[row.pk]
        if _of(row) != since:
            raise Refused(
                "placement.changed", gettext_noop("Was placed otherwise meanwhile, and stays.")
            )
        written[row.pk] = _first_places(row, before)
        row.grid_id, row.team_id = before
        return row

    batch = Batch.each(rows, put_back, label_of)
    put(actor, batch.done, written)
    unsaid = unsay([notice_ids[row.pk] for row in batch.done if row.pk in notice_ids])
    _tell(row for row in batch.done if notice_ids.get(row.pk) not in unsaid)
    _take_word_back(marks, batch.done)
    return batch


def _take_word_back(marks: Marks, rows: Sequence[Registration]) -> None:
    """What was said of teams that members had left is unsaid where all of them stand there again
    and nobody has read it; else whoever heard it hears who does."""
    gone: defaultdict[int, set[str]] = defaultdict(set)
    of_teams: defaultdict[int, dict[UUID, UUID]] = defaultdict(dict)
    for pk, (before, _since, _notice, notices) in marks.items():
        team_id = Whereabouts(*before).team_id
        if notices and team_id is not None:
            gone[team_id].add(pk)
            of_teams[team_id] |= {UUID(key): UUID(person) for key, person in notices.items()}
    returns = {key: [row.person.name for row in rows if str(row.pk) in gone[key]] for key in gone}
    whole = [key for key, names in returns.items() if len(names) == len(gone[key])]
    unsaid = unsay([notice for key in whole for notice in of_teams[key]])
    left = {
        key: {notice: person for notice, person in notices.items() if notice not in unsaid}
        for key, notices in of_teams.items()
    }
    announce_returns({key: names for key, names in returns.items() if names}, left)


def _of(row: Registration) -> Whereabouts:
    return Whereabouts(row.grid_id, row.team_id)


def _first_places(row: Registration, before: Whereabouts) -> Mapping[str, object]:
    """What the card says since the act that is taken back: the first grid, the first team."""
    first = {"grid": before.grid_id is None, "team": before.team_id is None}
    return {name: words for name, words in place_facts(row).items() if first[name]}


def _open_place(community: Organisation, kind: Kind, place_id: int | None) -> Organisation | None:
    if place_id is None:
        return None
    place = places_of(community, kind).filter(pk=place_id).first()
    if place is None:
        raise Refused(
            "registration.place-elsewhere",
            gettext_noop("This grid or team is not open in %(community)s; choose another."),
            community=community.name,
        )
    return place


def _put(actor: Actor, rows: Sequence[Registration]) -> tuple[dict[UUID, str], TeamNotices]:
    """`put`, and tell each, and whom it concerns in the teams that they left; the id of what each
    was told, and what was said of the teams."""
    of_teams = announce_removals(put(actor, rows))
    notices = _tell(row for row in rows if row.grid_id or row.team_id)
    return {notice.about: str(notice.pk) for notice in notices if notice.about}, of_teams


def _tell(rows: Iterable[Registration]) -> Announcement:
    """Tell each of these members where the community has placed them, or that it has not."""
    return announce(
        to_member(
            row,
            "registration-placed" if row.grid_id or row.team_id else "registration-unplaced",
            {"community": row.community.name, "place": _words(row)},
        )
        for row in rows
    )


def put(
    actor: Actor,
    rows: Sequence[Registration],
    written: Mapping[UUID, Mapping[str, object]] | None = None,
) -> Removals:
    """Write the places of these locked rows, on the cards that name none yet too, or no more than
    is `written` of each. In another team a new stage begins. Returns who left which team."""
    keys = [row.pk for row in rows]
    stood = dict(Registration.objects.filter(pk__in=keys).values_list("pk", "team"))
    Registration.objects.bulk_update(rows, ["grid"], batch_size=500)
    changed = [row for row in rows if row.team_id != stood[row.pk]]
    for team_id in {row.team_id for row in changed}:
        same = [row for row in changed if row.team_id == team_id]
        turn(same, clock.now(), team_id=team_id)
    for row in rows:
        complete(
            about=row.pk,
            form=REGISTRATION_CARD.code,
            facts=place_facts(row),
            former=(written or {}).get(row.pk),
        )
    journal.write_many(
        actor,
        [
            journal.Act("registration.placed", row.pk, row.community_id, {"place": _words(row)})
            for row in rows
        ],
    )
    removals: defaultdict[int, list[str]] = defaultdict(list)
    for row in changed:
        if team_id := stood[row.pk]:
            removals[team_id].append(row.person.name)
    return removals


def _words(row: Registration) -> str:
    names = [place.name for place in (row.grid, row.team) if place]
    return "、".join(names) or gettext_noop("neither grid nor team")
