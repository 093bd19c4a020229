"""Short ways to acts on the tree, for tests that begin in the middle."""

from baodao.kernel.authz import Actor
from baodao.orgs.commands.reorganisations import reorganise
from baodao.orgs.models import Reorganisation
from baodao.orgs.rules.handovers import Aim, Reform


def move(actor: Actor, *, organisation_id: int, parent_id: int) -> Reorganisation:
    """Hang an organisation, with all below it, under another parent."""
    aim = Aim(Reform.MOVED, parent_id=parent_id)
    return reorganise(actor, organisation_id=organisation_id, aim=aim, reason="区划调整")
