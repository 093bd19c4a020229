"""微心愿: something small that somebody in need wishes for; one brings it, or several together."""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
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


class Situation(Code):
    """困难类别: for whom a wish is, as far as everybody may know. 孤寡老人, 残疾人, 困境儿童,
    困难家庭, 优抚对象, 其他."""

    ELDERLY = "elderly", gettext_noop("An elderly person living alone")
    DISABLED = "disabled", gettext_noop("A person with a disability")
    CHILD = "child", gettext_noop("A child in a difficult situation")
    FAMILY = "family", gettext_noop("A family in difficulty")
    VETERAN = "veteran", gettext_noop("A veteran, or the family of one who gave their life")
    OTHER = "other", gettext_noop("Somebody else in need")


def check_wish(particulars: Particulars) -> Particulars:
    """For whom it is, by the words that name nobody."""
    situation = particulars.get("situation")
    if particulars.keys() - {"situation"} or situation not in set(Situation):
        raise Refused("wish.situation", gettext_noop("Choose for whom the wish is."))
    return {"situation": situation}


WISH = OfferKind(
    code="wish",
    rank=3,
    words=KindWords(
        name=gettext_noop("Wish of somebody in need"),
        noun=gettext_noop("wish"),
        nouns=gettext_noop("wishes"),
        offer=gettext_noop("Write a wish down"),
        answer=gettext_noop("Make a wish of it"),
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
