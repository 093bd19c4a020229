"""The life of a need: which state follows which, who asked, and how soon."""

from enum import StrEnum

from baodao.kernel.errors import Refused, gettext_noop


class NeedState(StrEnum):
    """已征集, 已审核, 已发布, 已满足, 未能满足, 已合并."""

    COLLECTED = "collected"
    SCREENED = "screened"
    OPEN = "open"
    MET = "met"
    UNMET = "unmet"
    MERGED = "merged"


NEED_STATES: dict[NeedState, str] = {
    NeedState.COLLECTED: gettext_noop("To be screened"),
    NeedState.SCREENED: gettext_noop("Waiting for an offer"),
    NeedState.OPEN: gettext_noop("Being helped"),
    NeedState.MET: gettext_noop("Met"),
    NeedState.UNMET: gettext_noop("Not met"),
    NeedState.MERGED: gettext_noop("Merged"),
}

NEED_NEXT: dict[NeedState, frozenset[NeedState]] = {
    NeedState.COLLECTED: frozenset(
        {NeedState.SCREENED, NeedState.OPEN, NeedState.MET, NeedState.UNMET, NeedState.MERGED}
    ),
    NeedState.SCREENED: frozenset(
        {NeedState.OPEN, NeedState.MET, NeedState.UNMET, NeedState.MERGED}
    ),
    NeedState.OPEN: frozenset({NeedState.SCREENED, NeedState.MET, NeedState.UNMET}),
    NeedState.MET: frozenset({NeedState.SCREENED}),
    NeedState.UNMET: frozenset({NeedState.SCREENED}),
    NeedState.MERGED: frozenset(),
}
"""An offer that closes without help puts its needs back; a resident may say "not yet"."""

WAITING = (NeedState.COLLECTED, NeedState.SCREENED)
"""Needs without help: these stand first everywhere."""


class NeedSource(StrEnum):
    """Who asked, and by which way."""

    LINK = "link"
    WINDOW = "window"
    VISIT = "visit"
    GRID = "grid"
    UNIT = "unit"


NEED_SOURCES: dict[NeedSource, str] = {
    NeedSource.LINK: gettext_noop("Asked by the resident"),
    NeedSource.WINDOW: gettext_noop("At the window or by telephone"),
    NeedSource.VISIT: gettext_noop("On a visit"),
    NeedSource.GRID: gettext_noop("From the grid"),
    NeedSource.UNIT: gettext_noop("From a partner unit"),
}


class Urgency(StrEnum):
    """How soon."""

    NORMAL = "normal"
    SOON = "soon"
    URGENT = "urgent"


URGENCIES: dict[Urgency, str] = {
    Urgency.NORMAL: gettext_noop("Not pressing"),
    Urgency.SOON: gettext_noop("Within days"),
    Urgency.URGENT: gettext_noop("Urgent"),
}


_NEED_REFUSALS: dict[NeedState, str] = {
    NeedState.COLLECTED: gettext_noop("This need is not screened yet."),
    NeedState.SCREENED: gettext_noop("This need is screened and waits for an offer."),
    NeedState.OPEN: gettext_noop("An offer answers this need already."),
    NeedState.MET: gettext_noop("This need has been met already."),
    NeedState.UNMET: gettext_noop("This need was closed as not met; open it again first."),
    NeedState.MERGED: gettext_noop("This need was merged with another; go to that one."),
}


def move_need(state: NeedState | str, to: NeedState) -> NeedState:
    """The next state; refuses a move that the life does not know, saying how things stand."""
    held = NeedState(state)
    if to not in NEED_NEXT[held]:
        raise Refused(f"need.{held}", _NEED_REFUSALS[held])
    return to
