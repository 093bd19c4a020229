"""结对帮扶: somebody stands by one household in difficulty and visits it regularly."""

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
from baodao.offers.rules.situations import situation_in


class VisitRhythm(Code):
    """走访频次: 每周, 每两周, 每月, 每季度."""

    WEEKLY = "weekly", gettext_noop("Once a week")
    FORTNIGHTLY = "fortnightly", gettext_noop("Every two weeks")
    MONTHLY = "monthly", gettext_noop("Every month")
    QUARTERLY = "quarterly", gettext_noop("Every quarter")


RHYTHM_DAYS = {
    VisitRhythm.WEEKLY: 7,
    VisitRhythm.FORTNIGHTLY: 14,
    VisitRhythm.MONTHLY: 30,
    VisitRhythm.QUARTERLY: 91,
}
"""After how many days without a visit the next one is due."""


def check_pairing(particulars: Particulars) -> Particulars:
    """In which situation the household is, in words that name nobody, and how often it is
    visited."""
    situation, rhythm = situation_in(particulars, "rhythm"), particulars.get("rhythm")
    if rhythm not in set(VisitRhythm):
        raise Refused("pairing.rhythm", gettext_noop("Choose how often the household is visited."))
    return {"situation": situation, "rhythm": rhythm}


PAIRING = OfferKind(
    code="pairing",
    rank=5,
    words=KindWords(
        name=gettext_noop("Pairing with a household"),
        noun=gettext_noop("pairing"),
        nouns=gettext_noop("pairings"),
        offer=gettext_noop("Write a pairing down"),
        answer=gettext_noop("Make a pairing of it"),
        full=gettext_noop("Paired"),
    ),
    timed=False,
    often=True,
    personal=True,
    claimants=frozenset(Claimant),
    reach=Reach.STREET,
    most=None,
    exit=Exit.ASKED,
    recording=Recording.DAY,
    way=Way.PAIRING,
    approval=True,
    places=1,
    check=check_pairing,
)
