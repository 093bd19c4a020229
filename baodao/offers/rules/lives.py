"""The life of an offer: its states, what follows what, and what is told of it."""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life


class OfferState(Code):
    """草稿, 招募中, 已结束, 已取消."""

    DRAFT = "draft", gettext_noop("Draft")
    PUBLISHED = "published", gettext_noop("Published")
    CLOSED = "closed", gettext_noop("Over")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


OFFER = Life(
    "offer",
    moves={
        OfferState.DRAFT: {OfferState.PUBLISHED, OfferState.CANCELLED},
        OfferState.PUBLISHED: {OfferState.CLOSED, OfferState.CANCELLED},
        OfferState.CLOSED: set(),
        OfferState.CANCELLED: set(),
    },
    refusals={
        OfferState.DRAFT: gettext_noop("This offer is a draft; publish it first."),
        OfferState.PUBLISHED: gettext_noop("This offer is published already."),
        OfferState.CLOSED: gettext_noop("This offer is closed."),
        OfferState.CANCELLED: gettext_noop("This offer was cancelled."),
    },
)

OFFER_STORIES: dict[str, str] = {
    "offer.drafted": gettext_noop("Drafted"),
    "offer.copied": gettext_noop("Drafted after “%(title)s”"),
    "offer.edited": gettext_noop("Changed"),
    "offer.published": gettext_noop("Offered to members"),
    "offer.rescheduled": gettext_noop("Moved from %(old)s to %(new)s"),
    "offer.end-corrected": gettext_noop("Its end put right, from %(old)s to %(new)s"),
    "offer.widened": gettext_noop("From %(old)s to %(new)s places"),
    "offer.written-to": gettext_noop("Words to %(count)s persons who come"),
    "offer.asked-for": gettext_noop("%(count)s persons asked whether they would come"),
    "offer.closed": gettext_noop("Closed by the community"),
    "offer.cancelled": gettext_noop("Cancelled; everybody who had claimed was told"),
    "offer.recorded": gettext_noop("Service of %(count)s persons recorded"),
}
"""What the journal's verbs say in a timeline. Facts that are message ids themselves are translated;
`reason` is shown beside the sentence."""
