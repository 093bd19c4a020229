"""服务岗位: a standing offer, held by a member for longer and served in again and again."""

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
from baodao.offers.rules.policies import MOST_POSTS

POST = OfferKind(
    code="post",
    rank=1,
    words=KindWords(
        name=gettext_noop("Service post"),
        noun=gettext_noop("post"),
        nouns=gettext_noop("posts"),
        offer=gettext_noop("Offer a post"),
        answer=gettext_noop("Make a post of it"),
        full=gettext_noop("Full"),
    ),
    timed=False,
    often=True,
    personal=False,
    claimants=frozenset(Claimant),
    reach=Reach.COMMUNITY,
    most=MOST_POSTS,
    exit=Exit.ASKED,
    recording=Recording.DAY,
    way=Way.POST,
    approval=True,
    places=2,
    check=no_particulars,
)
