"""A suggested team is made with one act, and taken back as one: everybody is told, and may leave it
at once."""

from dataclasses import replace

from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.undo import Marks, leave_note, takes_back
from baodao.orgs.commands import organisations
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands import placements
from baodao.registration.models import Registration
from baodao.teams.commands.teams import create_team
from baodao.teams.queries.suggestions import team_suggestions
from baodao.teams.queries.teams import mates

SUGGESTION = "teams.suggestion"
"""The name by which making a suggested team is taken back."""


@command
def accept_suggestion(actor: Actor, *, community_id: int, key: str) -> Batch[Registration]:
    """Make a suggested team of a community and place its members in it, as they are suggested now.

    Refused where it is suggested no longer: somebody was placed, or changed what they say.
    """
    community: Organisation = lock(places(Kind.COMMUNITY), community_id)
    every = team_suggestions(actor, community)
    suggestion = next((one for one in every if one.key == key), None)
    if suggestion is None:
        raise Refused(
            "team.suggestion-gone",
            gettext_noop("This team is suggested no longer; look at the suggestions anew."),
        )
    team = create_team(actor, community_id=community.pk, name=suggestion.name, bond=suggestion.bond)
    ids = [one.registration_id for one in suggestion.members]
    batch, marks = placements.put_many(actor, ids, {Kind.TEAM: team.pk})
    undo_id = leave_note(actor, SUGGESTION, {"team": team.pk, "placement": marks})
    return replace(batch, undo_id=undo_id)


@takes_back(SUGGESTION)
def take_back(actor: Actor, marks: Marks) -> Batch[Registration]:
    """Put its members back where they stood, and close the team, whose name is free again, unless
    somebody stays in it."""
    batch = placements.take_back(actor, marks["placement"])
    team = places(Kind.TEAM).filter(pk=marks["team"]).first()
    if team is not None and not mates(team).exists():
        organisations.close(actor, organisation_id=team.pk)
    return batch
