"""点单: something to be done for one person, once; dispatched to who takes it."""

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

ORDER = OfferKind(
    code="order",
    rank=4,
    words=KindWords(
        name=gettext_noop("Order of a resident"),
        noun=gettext_noop("order"),
        nouns=gettext_noop("orders"),
        offer=gettext_noop("Write an order down"),
        answer=gettext_noop("Dispatch it as an order"),
        full=gettext_noop("Taken on"),
    ),
    timed=False,
    often=False,
    personal=True,
    claimants=frozenset(Claimant),
    reach=Reach.STREET,
    most=None,
    exit=Exit.FREE,
    recording=Recording.DAY,
    way=Way.MENU,
    approval=False,
    places=1,
    check=no_particulars,
)
