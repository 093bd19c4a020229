"""A suggested team is made with one act: everybody is told, and may leave it at once."""

from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind
from baodao.registration.commands.placements import place_many
from baodao.registration.models import Registration
from baodao.teams.commands.teams import create_team
from baodao.teams.queries.suggestions import team_suggestions


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
    return place_many(actor, registration_ids=ids, places={Kind.TEAM: team.pk})
