"""Teams that a community could make of its members who are in none."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import ids_below
from baodao.people.facts import Fitness
from baodao.people.queries.choices import Lists, lists_by, words_by
from baodao.registration.models import Registration
from baodao.registration.queries.registrations import registration_rows, without
from baodao.registration.rules.states import State
from baodao.teams.queries.teams import teams_in
from baodao.teams.rules.suggestions import Neighbour, Suggestion, suggested
from baodao.teams.rules.teams import Bond

LOOKED_AT = 2_000
"""Members of a community that are looked at; few have more."""


def team_suggestions(actor: Actor, community: Organisation) -> list[Suggestion]:
    """Teams of about fifteen who are in none: by what they know, what they like, where they live;
    nothing for who does not place members there."""
    lists = lists_by(values_at(community.path))
    people = [
        Neighbour(row.pk, row.person.name, list(_words(row, lists)))
        for row in _free(actor, community).order_by("-accepted_at", "pk")[:LOOKED_AT]
    ]
    return suggested(people, {team.name for team in teams_in(community)})


def rest(actor: Actor, community: Organisation) -> int:
    """How many who are in no team are not looked at: those who were received first."""
    return max(0, _free(actor, community).count() - LOOKED_AT)


def _free(actor: Actor, community: Organisation) -> QuerySet[Registration]:
    """Who is in no team, as far as the actor places members there."""
    rows = within(registration_rows(), actor, Permission.REGISTRATION_PLACE, "community__path")
    rows = rows.filter(community__in=ids_below(community.path), state=State.ACCEPTED)
    return rows.filter(without("team"))


def _words(row: Registration, lists: Lists) -> Iterator[tuple[Bond, str]]:
    """What somebody could have in common with others."""
    for word in sorted(words_by(row.person, Fitness.SKILL, lists)):
        yield Bond.TRADE, word
    for word in sorted(words_by(row.person, Fitness.INTEREST, lists)):
        yield Bond.INTEREST, word
    if row.grid is not None and row.grid.closed_at is None:
        yield Bond.PLACE, row.grid.name
