"""The life of an offer: its states, what follows what, and what is told of it."""

from baodao.kernel.errors import Message, gettext_noop, ngettext_noop
from baodao.kernel.lives import Code, Life


class OfferState(Code):
    """草稿, 单位申办, 已退回单位, 招募中, 已结束, 已取消."""

    DRAFT = "draft", gettext_noop("Draft")
    PROPOSED = "proposed", gettext_noop("Proposed by a unit")
    RETURNED = "returned", gettext_noop("Given back to the unit")
    PUBLISHED = "published", gettext_noop("Published")
    CLOSED = "closed", gettext_noop("Over")
    CANCELLED = "cancelled", gettext_noop("Cancelled")


class Recruitment(Code):
    """How a published offer reads: 招募中, 已满或已认领, 进行中, 已结束，待登记. Where every
    place is taken its kind has the word."""

    OPEN = "published", gettext_noop("Published")
    FULL = "full", gettext_noop("Full or taken on")
    BEGUN = "begun", gettext_noop("Going on")
    OVER = "over", gettext_noop("Over, to be recorded")


OFFER = Life(
    "offer",
    moves={
        OfferState.DRAFT: {OfferState.PUBLISHED, OfferState.CANCELLED},
        OfferState.PROPOSED: {OfferState.PUBLISHED, OfferState.RETURNED, OfferState.CANCELLED},
        OfferState.RETURNED: {OfferState.PROPOSED, OfferState.CANCELLED},
        OfferState.PUBLISHED: {OfferState.CLOSED, OfferState.CANCELLED},
        OfferState.CLOSED: set(),
        OfferState.CANCELLED: set(),
    },
    refusals={
        OfferState.DRAFT: gettext_noop("This offer is a draft; publish it first."),
        OfferState.PROPOSED: gettext_noop("A unit proposes this; accept it or give it back."),
        OfferState.RETURNED: gettext_noop("This was given back to the unit that proposed it."),
        OfferState.PUBLISHED: gettext_noop("This offer is published already."),
        OfferState.CLOSED: gettext_noop("This offer is closed."),
        OfferState.CANCELLED: gettext_noop("This offer was cancelled."),
    },
)

PROPOSALS = (OfferState.PROPOSED, OfferState.RETURNED)
"""What a unit wants to organise, as long as the community has not accepted it."""

OFFER_STORIES: dict[str, Message] = {
    "offer.drafted": gettext_noop("Drafted"),
    "offer.proposed": gettext_noop("Proposed by the unit that organises it"),
    "offer.proposed-again": gettext_noop("Put right by the unit, and proposed again"),
    "offer.returned": gettext_noop("Given back to the unit"),
    "offer.taken-back": gettext_noop("Taken back by the unit"),
    "offer.copied": gettext_noop("Drafted after “%(title)s”"),
    "offer.edited": gettext_noop("Changed"),
    "offer.published": gettext_noop("Offered to members"),
    "offer.rescheduled": gettext_noop("Moved from %(old)s to %(new)s"),
    "offer.end-corrected": gettext_noop("Its end put right, from %(old)s to %(new)s"),
    "offer.widened": gettext_noop("From %(old)s to %(new)s places"),
    "offer.written-to": ngettext_noop(
        "Words to %(count)s person who comes",
        "Words to %(count)s persons who come",
    ),
    "offer.asked-for": ngettext_noop(
        "%(count)s person asked whether they would come",
        "%(count)s persons asked whether they would come",
    ),
    "offer.closed": gettext_noop("Closed by the community"),
    "offer.cancelled": gettext_noop("Cancelled; everybody who had claimed was told"),
    "offer.recorded": ngettext_noop(
        "Service of %(count)s person recorded",
        "Service of %(count)s persons recorded",
    ),
    "offer.recorded-late": ngettext_noop(
        "%(count)s person added to the closed list",
        "%(count)s persons added to the closed list",
    ),
    "offer.effect-graded": gettext_noop("Effect graded: %(grade)s"),
}
"""What the journal's verbs say in a timeline. Facts that are message ids themselves are translated;
`reason` is shown beside the sentence."""
