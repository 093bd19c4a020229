"""What becomes of what is kept of teams when the tree changes: it stays with the team, which hangs
below who takes over, or is closed with its community."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover

HANDOVERS = (
    Handover("team profile"),
    Handover("team leader", words=gettext_noop("leaders of teams")),
    Handover("team request"),
)
