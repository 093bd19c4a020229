"""What becomes of flags when a community is reorganised: they stay with their records."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover

HANDOVERS = (Handover("flag", words=gettext_noop("flags of records")), Handover("flag head"))
