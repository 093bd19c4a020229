"""What becomes of flags when the community of a record is reorganised: they stay with the record."""

from baodao.kernel.errors import gettext_noop
from baodao.orgs.rules.handovers import Handover

HANDOVERS = (Handover("flag", words=gettext_noop("flags of records")), Handover("flag head"))
