"""主题活动: a day, hours and a place; who comes is recorded by its list."""

from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.records import Way
from baodao.offers.rules.kinds import (
    Claimant,
    Exit,
    KindWords,
    OfferKind,
    Reach,
    Recording,
    no_particulars,
)

ACTIVITY = OfferKind(
    code="activity",
    rank=2,
    words=KindWords(
        name=gettext_noop("Themed activity"),
        noun=gettext_noop("activity"),
        nouns=gettext_noop("activities"),
        offer=gettext_noop("Offer an activity"),
        answer=gettext_noop("Make an activity of it"),
        full=gettext_noop("Full"),
    ),
    timed=True,
    often=False,
    personal=False,
    claimants=frozenset(Claimant),
    reach=Reach.STREET,
    most=None,
    exit=Exit.FREE,
    recording=Recording.LIST,
    way=Way.ACTIVITY,
    approval=False,
    places=5,
    check=no_particulars,
)
