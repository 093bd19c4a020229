"""草根能人: what a resident says they can do, their consent, the life of the entry, and what they
served."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length
from baodao.spreadsheets.phones import kept_phone

CONSENT = "2026-12"
"""The version of the words under which somebody is kept as a talent; changed with them."""

NAME, SKILLS, TIMES, WORDS = 60, 200, 100, 200
PLACE, RESULT = 100, 200
OLDEST_DAYS = 366
"""A service is entered within a year; an earlier day is a slip of the finger."""
MOST_MINUTES = 24 * 60
"""A person cannot serve for longer in a day."""


class TalentState(Code):
    """待核实, 在库, 已移出."""

    OFFERED = "offered", gettext_noop("To be looked at")
    LISTED = "listed", gettext_noop("In the list of talents")
    OVER = "over", gettext_noop("No longer in the list of talents")


TALENT = Life(
    "talent",
    moves={
        TalentState.OFFERED: {TalentState.LISTED, TalentState.OVER},
        TalentState.LISTED: {TalentState.OVER},
        TalentState.OVER: (),
    },
    refusals={
        TalentState.OFFERED: gettext_noop("The community has not looked at this entry yet."),
        TalentState.LISTED: gettext_noop("This person is in the list of talents already."),
        TalentState.OVER: gettext_noop(
            "This entry has ended and what it said is forgotten. Enter the person anew."
        ),
    },
)


class TalentEnding(Code):
    """Why an entry ended; with each of them what it said is forgotten."""

    WITHDRAWN = "withdrawn", gettext_noop("They took their consent back")
    REMOVED = "removed", gettext_noop("The community took them out")
    SILENT = "silent", gettext_noop("Nothing was heard for long")


STORIES: dict[str, str] = {
    "talent.offered": gettext_noop("Entered by themselves on the residents' page"),
    "talent.added": gettext_noop("Entered at the window"),
    "talent.listed": gettext_noop("Taken into the list of talents"),
    "talent.edited": gettext_noop("What they can do was put right"),
    "talent.unmasked": gettext_noop("Telephone read in full"),
    "talent.served": gettext_noop("A service on %(served_on)s was recorded"),
    "talent.reversed": gettext_noop("A service on %(served_on)s was reversed"),
    "talent.ended": gettext_noop("Ended; what it said is forgotten"),
}
"""What the journal's verbs say to who keeps the list."""


@dataclass(frozen=True)
class TalentFacts:
    """Who it is, how they are reached, what they can do and when, in the words of the lists from
    which members choose too; `consent` is the version of the words that they agreed to."""

    name: str
    phone: str
    skills: str
    free_times: str = ""
    words: str = ""
    consent: str = ""


def check_talent(facts: TalentFacts) -> TalentFacts:
    """The facts as they may be kept, the telephone in digits; refused without a name, a telephone,
    something that they can do, or their consent (个人信息保护法 13)."""
    clean = replace(
        facts,
        name=check_length(facts.name.strip(), NAME),
        phone=kept_phone(facts.phone),
        skills=check_length(facts.skills.strip(), SKILLS),
        free_times=check_length(facts.free_times.strip(), TIMES),
        words=check_length(facts.words.strip(), WORDS),
    )
    if not (clean.name and clean.phone):
        raise Refused(
            "talent.who",
            gettext_noop("Say who it is and under which telephone the community reaches them."),
        )
    if not clean.skills:
        raise Refused("talent.skills", gettext_noop("Tick or write what they can do."))
    if clean.consent != CONSENT:
        raise Refused(
            "talent.consent",
            gettext_noop("Tick the consent; without it nobody is kept in the list of talents."),
        )
    return clean


@dataclass(frozen=True)
class TalentDeed:
    """What a talent did, on which day and for how many minutes, without travel."""

    served_on: date
    minutes: int
    category: str
    result: str
    place: str = ""


def check_deed(deed: TalentDeed, since: date, today: date, before: int) -> TalentDeed:
    """What they did as it is kept; `before` are the minutes that are recorded of that day already.
    Refused of a day ahead, of one before they entered themselves on the day `since`, without words,
    and beyond the hours that a day has."""
    clean = replace(
        deed,
        result=check_length(deed.result.strip(), RESULT),
        place=check_length(deed.place.strip(), PLACE),
    )
    if clean.served_on > today:
        raise Refused("talent.ahead", gettext_noop("A service is recorded once it took place."))
    if clean.served_on < since:
        raise Refused(
            "talent.before",
            gettext_noop("They have been in the list since %(since)s; a day before is not kept."),
            since=since,
        )
    if clean.served_on < today - timedelta(days=OLDEST_DAYS):
        raise Refused(
            "talent.long-ago",
            gettext_noop("This day is more than a year ago. Check the year of the service."),
        )
    if not clean.result:
        raise Refused("talent.result", gettext_noop("Say in a few words what they did."))
    if clean.minutes < 1 or before + clean.minutes > MOST_MINUTES:
        raise Refused(
            "talent.minutes",
            gettext_noop("With what is recorded already this is more than a day has."),
        )
    return clean
