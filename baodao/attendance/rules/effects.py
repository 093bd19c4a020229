"""成效: how well an activity worked, in three grades by which authorities give branches points."""

from collections.abc import Mapping
from datetime import datetime

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.rules.acts import ListLink, OfferAct, Offered
from baodao.offers.rules.lives import OfferState


class EffectGrade(Code):
    """How well an activity worked, as its community sees it."""

    GOOD = "good", gettext_noop("Good effect")
    FAIR = "fair", gettext_noop("Fairly good effect")
    PLAIN = "plain", gettext_noop("Ordinary effect")


IN_POLICIES: Mapping[str, str] = {
    EffectGrade.GOOD: "好",
    EffectGrade.FAIR: "较好",
    EffectGrade.PLAIN: "一般",
}
"""What policies call the grades, which are written in Chinese."""


def check_grade(before: str, grade: EffectGrade, reason: str) -> None:
    """Refuse another grade without a reason, and the same one again."""
    if before == grade:
        raise Refused(
            "effect.same",
            gettext_noop("The effect is “%(grade)s” already. Choose another, or leave it."),
            grade=grade.words,
        )
    if before and not reason.strip():
        raise Refused(
            "effect.reason",
            gettext_noop("The effect was graded already. Write why it changes."),
        )


def label_of(offer: Offered, now: datetime) -> str:
    """What grading is called; empty as long as the activity is not over."""
    over = offer.starts_at is not None and offer.starts_at <= now
    graded = offer.kind is ACTIVITY and offer.state == OfferState.CLOSED and over
    return gettext_noop("Grade the effect") if graded else ""


GRADING = OfferAct(
    address="attendance:effect",
    permission=Permission.RECORD_CREATE,
    label=label_of,
    pressing=lambda _: False,
)
"""On the page of an activity that is over."""

LIST = ListLink("attendance:effects", gettext_noop("Effects of activities"))
