"""What may be asked and how, what was asked twice, and what the journal tells of a need."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from baodao.kernel.errors import Refused, gettext_noop
from baodao.offers.rules.states import WAITING, NeedSource, NeedState, Urgency, move_need

SHORTEST, LONGEST = 4, 500
ASKER, PLACE, REASON, REMARK = 60, 100, 200, 200
PHONE = re.compile(r"\+?\d[\d -]{5,18}\d")
CONSENT = "2026-11"
"""Version of the words under which a resident leaves a telephone; changed with them."""

COLLECTED_BY_HAND = (NeedSource.WINDOW, NeedSource.VISIT, NeedSource.GRID)
"""The ways in which a community's worker takes a need down."""

LIVE_NEEDS = (NeedState.COLLECTED, NeedState.SCREENED, NeedState.OPEN)
"""Needs that are still looked after; others may be merged with these."""

CLOSED_NEEDS = (NeedState.MET, NeedState.UNMET)

SOONEST = (Urgency.URGENT, Urgency.SOON, Urgency.NORMAL)
"""In this order needs stand on every board; among equals the oldest first."""


class Word(StrEnum):
    """The asker's own word when a need was met: 满意, 基本满意, 还没解决."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


WORDS: dict[Word, str] = {
    Word.YES: gettext_noop("Satisfied with it"),
    Word.PARTLY: gettext_noop("Largely satisfied"),
    Word.NO: gettext_noop("Not solved yet"),
}

ASKER_STATES: dict[NeedState, str] = {
    NeedState.COLLECTED: gettext_noop("Your request has arrived"),
    NeedState.SCREENED: gettext_noop("Taken on, help is being arranged"),
    NeedState.OPEN: gettext_noop("Help is on its way"),
    NeedState.MET: gettext_noop("Your request is done"),
    NeedState.UNMET: gettext_noop("Your request could not be met"),
}
"""The state of a request in the words of the page that its asker opens."""

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
    "need.reopened": gettext_noop("Looked after again"),
    "need.merged": gettext_noop("Merged into %(into)s"),
    "need.absorbed": gettext_noop("%(code)s merged into this one"),
    "need.answered": gettext_noop("The asker's word: %(satisfied)s"),
    "need.handed-back": gettext_noop("The asker says it is not solved yet"),
    "need.unmasked": gettext_noop("Telephone of the asker read in full"),
    "need.contact-withdrawn": gettext_noop("The asker took name and telephone back"),
    "need.contact-forgotten": gettext_noop("Name and telephone of the asker were forgotten"),
}
"""What the journal's verbs say to who looks after a need."""

ASKER_STORIES: dict[str, str] = {
    "need.collected": gettext_noop("The community has taken it down"),
    "need.asked": gettext_noop("The community has received it"),
    "need.screened": gettext_noop("The community has taken it on"),
    "need.opened": gettext_noop("Help is arranged: %(offer)s"),
    "need.released": gettext_noop("%(offer)s did not take place; the community looks further"),
    "need.met": gettext_noop("Your request is done"),
    "need.unmet": gettext_noop("Your request could not be met"),
    "need.reopened": gettext_noop("The community looks further"),
    "need.merged": gettext_noop("Somebody asked the same before; both are looked after together"),
    "need.answered": gettext_noop("You answered: %(satisfied)s"),
    "need.handed-back": gettext_noop("You said it is not solved yet; the community looks further"),
}
"""The same to who asked: no names of those who work on it or help."""


@dataclass(frozen=True)
class Asked:
    """What was asked. Name and telephone may stay empty; a telephone needs `consent`: the version
    of the words that were agreed to."""

    text: str
    category: str
    place: str = ""
    urgency: str = Urgency.NORMAL
    source: str = NeedSource.WINDOW
    asker: str = ""
    phone: str = ""
    consent: str = ""


def check_asked(asked: Asked, categories: Collection[str]) -> Asked:
    """The same without space around it; refused when it cannot be kept like this."""
    clean = replace(
        asked,
        text=check_text(asked.text),
        place=asked.place.strip()[:PLACE],
        asker=asked.asker.strip()[:ASKER],
        phone=asked.phone.strip(),
    )
    if clean.category not in categories or clean.urgency not in set(Urgency):
        raise Refused("need.choice", gettext_noop("Choose what it is about, and how soon."))
    if clean.phone and not PHONE.fullmatch(clean.phone):
        raise Refused("need.phone", gettext_noop("This is no telephone number; check it."))
    if clean.phone and clean.consent != CONSENT:
        raise Refused(
            "need.consent",
            gettext_noop("Tick that the telephone may be kept, or leave it empty."),
        )
    return clean if clean.phone else replace(clean, consent="")


def check_text(text: str) -> str:
    """What is needed, in one to a few sentences."""
    words = text.strip()
    if len(words) < SHORTEST:
        raise Refused("need.short", gettext_noop("Say in a few words what is needed."))
    if len(words) > LONGEST:
        raise Refused(
            "need.long", gettext_noop("Please keep to %(most)s characters."), most=LONGEST
        )
    return words


def check_close(*, met: bool, reason: str) -> str:
    """Why; who closes without help owes the asker a reason."""
    words = reason.strip()[:REASON]
    if not met and len(words) < SHORTEST:
        raise Refused(
            "need.reason",
            gettext_noop("Write the reason; whoever asked will read it."),
        )
    return words


def move_back(state: NeedState | str) -> NeedState:
    """A closed need is looked after again; another is refused with how it stands."""
    held = NeedState(state)
    return move_need(held, NeedState.SCREENED if held in CLOSED_NEEDS else held)


def check_waiting(state: NeedState | str) -> None:
    """An offer is drafted for what has none; another is refused with how it stands."""
    held = NeedState(state)
    if held not in WAITING:
        move_need(held, held)


def check_taken_on(state: NeedState | str) -> None:
    """What a need is about is put right while it is looked after; refused with how it stands."""
    held = NeedState(state)
    if held not in (NeedState.SCREENED, NeedState.OPEN):
        move_need(held, held)


def check_same(state: NeedState | str) -> None:
    """Others may be merged into a need that is looked after; refused with how it stands."""
    held = NeedState(state)
    if held not in LIVE_NEEDS:
        move_need(held, held)


TITLE = 30
_CLAUSE = re.compile(r"[，。；！？,.;!?\n]")
SATURDAY = 5


def title_of(text: str) -> str:
    """A first title for what answers a need: its first clause, cut where it is long."""
    first = next((part.strip() for part in _CLAUSE.split(text) if part.strip()), text.strip())
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"


def proposed_day(today: date, notice_days: int) -> date:
    """The first Saturday that leaves members so many days to claim."""
    earliest = today + timedelta(days=notice_days)
    return earliest + timedelta(days=(SATURDAY - earliest.weekday()) % 7)


_PLAIN = re.compile(r"[\W_]+")
ALIKE = 0.35
MOST_ALIKE = 5

K = TypeVar("K")


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, without space and punctuation."""
    plain = _PLAIN.sub("", text).lower()
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of the pairs of characters that two texts have in common."""
    a, b = bigrams(one), bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def alike(text: str, others: Mapping[K, str]) -> list[K]:
    """Those of `others` that may ask the same, the likeliest first, at most five."""
    rated = [(likeness(text, other), key) for key, other in others.items()]
    found = sorted((pair for pair in rated if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [key for _, key in found[:MOST_ALIKE]]
