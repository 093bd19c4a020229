"""微心愿: something small that somebody in need wishes for; one brings it, or several together."""

from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.records import Way
from baodao.offers.rules.kinds import (
    Claimant,
    Exit,
    KindWords,
    OfferKind,
    Particulars,
    Reach,
    Recording,
)
from baodao.offers.rules.situations import situation_in


def check_wish(particulars: Particulars) -> Particulars:
    """For whom it is, by the words that name nobody."""
    return {"situation": situation_in(particulars)}


WISH = OfferKind(
    code="wish",
    rank=3,
    words=KindWords(
        name=gettext_noop("Wish of somebody in need"),
        noun=gettext_noop("wish"),
        nouns=gettext_noop("wishes"),
        offer=gettext_noop("Write a wish down"),
        answer=gettext_noop("Make a wish of it"),
        full=gettext_noop("Claimed"),
    ),
    timed=False,
    often=False,
    personal=True,
    claimants=frozenset(Claimant),
    reach=Reach.STREET,
    most=None,
    exit=Exit.FREE,
    recording=Recording.DAY,
    way=Way.WISH,
    approval=False,
    places=1,
    check=check_wish,
)
