"""The life of a feedback card: who may do what when, and how long words may be."""

from datetime import date
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length

JUDGEMENT = OPINION = 200
OBJECTION = 500
OCCASION = 60
FIRST_YEAR = 2000


class CardState(Code):
    """草稿, 已签发, 单位已阅, 已撤回, 已搁置."""

    DRAFT = "draft", gettext_noop("Draft")
    SIGNED = "signed", gettext_noop("Signed, not yet read by the unit")
    READ = "read", gettext_noop("Read by the unit")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn card")
    ASIDE = "aside", gettext_noop("Gave way to another card of the person")


CARD = Life(
    "card",
    moves={
        CardState.DRAFT: {CardState.SIGNED, CardState.ASIDE},
        CardState.SIGNED: {CardState.READ, CardState.WITHDRAWN},
        CardState.READ: {CardState.WITHDRAWN},
        CardState.WITHDRAWN: (),
        CardState.ASIDE: {CardState.DRAFT},
    },
    refusals={
        CardState.DRAFT: gettext_noop("This card is not signed yet."),
        CardState.SIGNED: gettext_noop("This card is signed already; withdraw it to change it."),
        CardState.READ: gettext_noop(
            "The unit has read this card already; withdraw it, and a new draft takes its place."
        ),
        CardState.WITHDRAWN: gettext_noop("This card was withdrawn; make the drafts again."),
        CardState.ASIDE: gettext_noop(
            "This draft gave way to another card of the person, beside which its line is shown."
        ),
    },
    over=(CardState.WITHDRAWN, CardState.ASIDE),
)
"""A person has at most one live card for one community, year and occasion. Where communities or two
entries of a person become one, a draft gives way to the other card, and its line is shown there."""

OUT = (CardState.SIGNED, CardState.READ)
"""These the unit and the person read."""

REDRAWN = "签发后服务记录有变动，按现有记录重新填写。"
"""The reason, in the language of the card, for which one is drawn up again."""

STORIES: dict[str, str] = {
    "feedback.drafted": gettext_noop("Draft made"),
    "feedback.judged": gettext_noop("Line of judgement written"),
    "feedback.signed": gettext_noop("Signed as %(number)s"),
    "feedback.read": gettext_noop("Read by %(unit)s"),
    "feedback.reading-undone": gettext_noop("Reading by %(unit)s taken back"),
    "feedback.opined": gettext_noop("Opinion of %(unit)s given"),
    "feedback.withdrawn": gettext_noop("Card withdrawn"),
    "feedback.objected": gettext_noop("The person objected"),
    "feedback.answered": gettext_noop("The objection was answered"),
}
"""What the journal's verbs say in a card's timeline."""


def weight(state: str, judgement: str) -> int:
    """What would be lost with a live card, by which one of two stays: more with a line than
    without, most with a signature."""
    return (state in OUT) * 2 + bool(judgement)


def check_year(year: int, today: date) -> None:
    """Cards are about years that have begun."""
    if not FIRST_YEAR <= year <= today.year:
        raise Refused(
            "card.year",
            gettext_noop("Choose a year from %(first)s to %(year)s."),
            first=str(FIRST_YEAR),
            year=str(today.year),
        )


def check_sign(state: str, judgement: str, person_id: UUID, signer_id: UUID | None) -> None:
    """A draft with a line of judgement, about somebody else. One without records may be signed."""
    CARD.check(state, CardState.DRAFT)
    if not judgement:
        raise Refused(
            "card.no-judgement", gettext_noop("Has no line of judgement yet; write one first.")
        )
    check_other(person_id, signer_id)


def check_other(person_id: UUID, actor_id: UUID | None) -> None:
    """Nobody judges or signs about themselves."""
    if person_id == actor_id:
        raise Refused(
            "card.own", gettext_noop("Nobody judges themselves; ask a colleague of the community.")
        )


def _worded(text: str, most: int, missing: Refused) -> str:
    words = " ".join(text.split())
    if not words:
        raise missing
    return check_length(words, most)


def check_judgement(text: str) -> str:
    """The line as kept; refused when empty or too long for the paper."""
    missing = Refused(
        "card.no-judgement", gettext_noop("Has no line of judgement yet; write one first.")
    )
    return _worded(text, JUDGEMENT, missing)


def check_overwrite(line: str, seen: str, typed: str) -> None:
    """Another line than the one that was seen is not overwritten."""
    if line != seen:
        raise Refused(
            "card.line-overwritten",
            gettext_noop(
                "Somebody else wrote meanwhile “%(line)s”; yours, “%(typed)s”, is not saved. Look "
                "at both and save again."
            ),
            line=line,
            typed=typed,
        )


def check_line(line: str, seen: str) -> None:
    """The line is the one that was seen before the card is signed."""
    if line != seen:
        raise Refused(
            "card.line-changed",
            gettext_noop(
                "The line has changed since you opened the page: “%(line)s” now. Look at it and "
                "sign again."
            ),
            line=line,
        )


def check_reading(same: bool, services: int, minutes: int) -> None:
    """The records come to what was seen before the card is signed."""
    if not same:
        raise Refused(
            "card.records-changed",
            gettext_noop(
                "The records have changed since you opened the page: %(services)s times and "
                "%(minutes)s now. Look at them and sign again."
            ),
            services=services,
            minutes=minutes,
        )


def check_occasion(text: str) -> str:
    """The important event in words."""
    missing = Refused("card.no-occasion", gettext_noop("Name the event the card is about."))
    return _worded(text, OCCASION, missing)


def check_opinion(text: str) -> str:
    """The unit's opinion as kept."""
    missing = Refused("card.no-opinion", gettext_noop("Write the unit's opinion."))
    return _worded(text, OPINION, missing)


def check_first_opinion(given_by: str) -> None:
    """Refuse a second opinion of the unit: it is given once."""
    if given_by:
        raise Refused(
            "card.opinion-given",
            gettext_noop("%(name)s has given the unit's opinion already."),
            name=given_by,
        )


def check_unanswered(answered_by: str) -> None:
    """Refuse a second answer to an objection."""
    if answered_by:
        raise Refused(
            "objection.answered",
            gettext_noop("%(name)s has answered this already."),
            name=answered_by,
        )


def check_objection(text: str) -> str:
    """What the judged person objects to."""
    missing = Refused(
        "objection.empty", gettext_noop("Write what is wrong on the card and how it should be.")
    )
    return _worded(text, OBJECTION, missing)


def check_answer(text: str) -> str:
    """What the community answers."""
    missing = Refused("objection.no-answer", gettext_noop("Write the answer."))
    return _worded(text, OBJECTION, missing)
