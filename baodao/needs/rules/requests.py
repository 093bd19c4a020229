"""What may be asked and how: the text, its urgency, by which way, and the asker's consent."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, check_length
from baodao.spreadsheets.phones import kept_phone

SHORTEST, LONGEST = 4, 500
ASKER, PLACE = 60, 100
CONSENT = "2026-12"
"""Version of the words under which a resident leaves a telephone; changed with them. By these the
community may tell it to who comes to help, by earlier ones it may not."""


class NeedSource(Code):
    """Who asked, and by which way."""

    LINK = "link", gettext_noop("Asked by the resident")
    WINDOW = "window", gettext_noop("At the window or by telephone")
    VISIT = "visit", gettext_noop("On a visit")
    GRID = "grid", gettext_noop("From the grid")
    UNIT = "unit", gettext_noop("From a partner unit")


COLLECTED_BY_HAND = (NeedSource.WINDOW, NeedSource.VISIT, NeedSource.GRID)
"""The ways in which a community's worker takes a need down."""


class Urgency(Code):
    """How soon."""

    NORMAL = "normal", gettext_noop("Not pressing")
    SOON = "soon", gettext_noop("Within days")
    URGENT = "urgent", gettext_noop("Urgent")


SOONEST = (Urgency.URGENT, Urgency.SOON, Urgency.NORMAL)
"""In this order needs stand on every board; among equals the oldest first."""


@dataclass(frozen=True)
class NeedFacts:
    """What was asked. Name and telephone may stay empty; a telephone needs `consent`: the version
    of the words that were agreed to. An order names the `item_id` of the menu, which says what it
    is about; its text is what was written beside it."""

    text: str
    category: str
    place: str = ""
    urgency: str = Urgency.NORMAL
    source: str = NeedSource.WINDOW
    asker: str = ""
    phone: str = ""
    consent: str = ""
    item_id: UUID | None = None


def check_facts(facts: NeedFacts, categories: Collection[str]) -> NeedFacts:
    """What was asked as it is kept, without space around it, the telephone in digits; refused when
    it cannot be kept like this."""
    clean = replace(
        facts,
        text=check_text(facts.text),
        place=check_length(facts.place.strip(), PLACE),
        asker=check_length(facts.asker.strip(), ASKER),
        phone=kept_phone(facts.phone),
    )
    if clean.category not in categories or clean.urgency not in set(Urgency):
        raise Refused("need.choice", gettext_noop("Choose what it is about, and how soon."))
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
        raise Refused(
            "need.short",
            gettext_noop("Say what is needed, in at least %(least)s characters."),
            least=SHORTEST,
        )
    return check_length(words, LONGEST, "need.long")
