"""The life of a need, the asker's own word at its end, and what the journal tells of it."""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length

SHORTEST_REASON, REASON, REMARK = 4, 200, 200
OPENING = 40


class NeedState(Code):
    """已征集, 已审核, 已发布, 已满足, 未能满足, 已合并."""

    COLLECTED = "collected", gettext_noop("To be screened")
    SCREENED = "screened", gettext_noop("Waiting for an offer")
    OPEN = "open", gettext_noop("Being helped")
    MET = "met", gettext_noop("Met")
    UNMET = "unmet", gettext_noop("Not met")
    MERGED = "merged", gettext_noop("Merged")


WAITING = (NeedState.COLLECTED, NeedState.SCREENED)
"""Needs without help: these stand first everywhere."""

CLOSED = (NeedState.MET, NeedState.UNMET)

NEED = Life(
    "need",
    moves={
        NeedState.COLLECTED: {
            *(NeedState.SCREENED, NeedState.OPEN, *CLOSED, NeedState.MERGED),
        },
        NeedState.SCREENED: {NeedState.OPEN, *CLOSED, NeedState.MERGED},
        NeedState.OPEN: {NeedState.SCREENED, *CLOSED},
        NeedState.MET: {NeedState.SCREENED},
        NeedState.UNMET: {NeedState.SCREENED},
        NeedState.MERGED: (),
    },
    refusals={
        NeedState.COLLECTED: gettext_noop("This need is not screened yet."),
        NeedState.SCREENED: gettext_noop("This need is screened and waits for an offer."),
        NeedState.OPEN: gettext_noop("An offer answers this need already."),
        NeedState.MET: gettext_noop("This need has been met already."),
        NeedState.UNMET: gettext_noop("This need was closed as not met; open it again first."),
        NeedState.MERGED: gettext_noop("This need was merged with another; go to that one."),
    },
    over=(*CLOSED, NeedState.MERGED),
)
"""What closes without help puts its needs back; a resident may say "not yet". Live needs are still
looked after; others may be merged into these."""


class AskerWord(Code):
    """The asker's own word when a need was met: 满意, 基本满意, 还没解决."""

    YES = "yes", gettext_noop("Satisfied with it")
    PARTLY = "partly", gettext_noop("Largely satisfied")
    NO = "no", gettext_noop("Not solved yet")


ASKER_STATES: dict[str, str] = {
    NeedState.COLLECTED: gettext_noop("Your request has arrived"),
    NeedState.SCREENED: gettext_noop("Taken on, help is being arranged"),
    NeedState.OPEN: gettext_noop("Help is on its way"),
    NeedState.MET: gettext_noop("Your request is done"),
    NeedState.UNMET: gettext_noop("Your request could not be met"),
}
"""The state of a request in the words of the page that its asker opens; a merged one shows that of
the need it was merged into."""


def check_answerable(state: str, word: str) -> None:
    """Refuse a second `word` of the asker, also where the first gave the need back, and a word on
    a need that is not met (in `state`)."""
    if word:
        raise Refused("need.answered", gettext_noop("You have answered already. Thank you."))
    NEED.check(state, NeedState.MET)


NOT_NEEDED = gettext_noop("Whoever asked needs it no more.")
"""The reason kept with what its asker withdrew; shown translated."""

STORIES: dict[str, str] = {
    "need.collected": gettext_noop("Taken down"),
    "need.asked": gettext_noop("Asked for"),
    "need.screened": gettext_noop("Screened and taken on"),
    "need.corrected": gettext_noop("Category, urgency or place put right"),
    "need.drafted": gettext_noop("Offer drafted: %(offer)s"),
    "need.opened": gettext_noop("Offer published: %(offer)s"),
    "need.released": gettext_noop("The offer ended without help: %(offer)s"),
    "need.met": gettext_noop("Closed as met"),
    "need.unmet": gettext_noop("Closed as not met"),
    "need.withdrawn": gettext_noop("Withdrawn by who asked"),
    "need.reopened": gettext_noop("Looked after again"),
    "need.merged": gettext_noop("Merged into %(into)s"),
    "need.absorbed": gettext_noop("%(code)s merged into this one"),
    "need.answered": gettext_noop("The asker's word: %(satisfied)s"),
    "need.noted": gettext_noop("The asker's word, taken down: %(satisfied)s"),
    "need.handed-back": gettext_noop("The asker says it is not solved yet"),
    "need.unmasked": gettext_noop("Telephone of the asker read in full"),
    "need.read": gettext_noop("Who comes to help read how to reach the asker"),
    "need.contact-withdrawn": gettext_noop("The asker took name and telephone back"),
    "need.contact-forgotten": gettext_noop("Name and telephone of the asker were forgotten"),
}
"""What the journal's verbs say to who looks after a need."""

ASKER_STORIES: dict[str, str] = {
    "need.collected": gettext_noop("The community has taken it down"),
    "need.asked": gettext_noop("The community has received it"),
    "need.screened": gettext_noop("The community has taken it on"),
    "need.opened": gettext_noop("Help is arranged: %(offer)s"),
    "need.released": gettext_noop(
        "%(offer)s did not bring what was asked for; the community looks further"
    ),
    "need.met": gettext_noop("Your request is done"),
    "need.unmet": gettext_noop("Your request could not be met"),
    "need.withdrawn": gettext_noop("You said that you need it no more"),
    "need.reopened": gettext_noop("The community looks further"),
    "need.merged": gettext_noop("Somebody asked the same before; both are looked after together"),
    "need.answered": gettext_noop("You answered: %(satisfied)s"),
    "need.noted": gettext_noop("You answered the community: %(satisfied)s"),
    "need.handed-back": gettext_noop("You said it is not solved yet; the community looks further"),
}
"""What the journal's verbs say to who asked: no names of those who work on it or help."""


def check_close(*, met: bool, reason: str) -> str:
    """Why; who closes without help owes the asker a reason."""
    words = check_length(reason.strip(), REASON)
    if not met and len(words) < SHORTEST_REASON:
        raise Refused(
            "need.reason",
            gettext_noop(
                "Write the reason in at least %(least)s characters; whoever asked will read it."
            ),
            least=SHORTEST_REASON,
        )
    return words


def opening_of(text: str) -> str:
    """The beginning of what was asked, as far as it says what it is about."""
    return text if len(text) <= OPENING else f"{text[: OPENING - 1]}…"
