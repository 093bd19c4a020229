"""The life of a member's own statement, and of a dispute about a record."""

from enum import StrEnum

from baodao.kernel.errors import Refused, gettext_noop


class StatementState(StrEnum):
    """待核实, 已核实, 已退回, 已撤回."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


STATEMENT_STATES: dict[StatementState, str] = {
    StatementState.WAITING: gettext_noop("Waiting to be confirmed"),
    StatementState.CONFIRMED: gettext_noop("Confirmed"),
    StatementState.RETURNED: gettext_noop("Returned"),
    StatementState.WITHDRAWN: gettext_noop("Withdrawn"),
}
_NEXT: dict[StatementState, frozenset[StatementState]] = {
    StatementState.WAITING: frozenset(
        {StatementState.CONFIRMED, StatementState.RETURNED, StatementState.WITHDRAWN}
    ),
    StatementState.RETURNED: frozenset({StatementState.WAITING, StatementState.WITHDRAWN}),
    StatementState.CONFIRMED: frozenset(),
    StatementState.WITHDRAWN: frozenset(),
}
_STANDS: dict[StatementState, tuple[str, str]] = {
    StatementState.WAITING: (
        "statement.waiting",
        gettext_noop("This statement waits for the community already."),
    ),
    StatementState.CONFIRMED: (
        "statement.confirmed",
        gettext_noop(
            "This statement is confirmed and recorded already; what is wrong is put right on the "
            "record."
        ),
    ),
    StatementState.RETURNED: (
        "statement.returned",
        gettext_noop("This statement was returned; the member can correct and send it again."),
    ),
    StatementState.WITHDRAWN: (
        "statement.withdrawn",
        gettext_noop("The member has withdrawn this statement."),
    ),
}


def move(state: str, to: StatementState) -> StatementState:
    """`to`, if it may follow; else refused with how things stand."""
    here = StatementState(state)
    if to not in _NEXT[here]:
        raise Refused(*_STANDS[here])
    return to


class Outcome(StrEnum):
    """What came of a dispute."""

    KEPT = "kept"
    CORRECTED = "corrected"


OUTCOMES: dict[Outcome, str] = {
    Outcome.KEPT: gettext_noop("The record stays as it is"),
    Outcome.CORRECTED: gettext_noop("The record was put right"),
}
REASON, WORDS = 200, 500


def check_reason(reason: str, most: int = REASON) -> str:
    """What was said, without outer spaces; refused when empty or too long to be shown."""
    told = reason.strip()
    if not told:
        raise Refused("reason.missing", gettext_noop("Say why, in a sentence."))
    if len(told) > most:
        raise Refused(
            "reason.long", gettext_noop("Keep each text under %(most)s characters."), most=most
        )
    return told


def check_reversible(*, is_reversal: bool, is_reversed: bool) -> None:
    """Only a record that stands is reversed, and only once."""
    if is_reversal:
        raise Refused(
            "record.reversal",
            gettext_noop("This is a reversal and cannot be reversed; record the service anew."),
        )
    if is_reversed:
        raise Refused("record.reversed", gettext_noop("This record was reversed already."))


def check_disputable(*, is_reversal: bool, is_reversed: bool, is_open: bool) -> None:
    """A standing record is disputed, once at a time."""
    if is_reversal or is_reversed:
        raise Refused(
            "dispute.reversed",
            gettext_noop("This record was reversed and counts no more; nothing is to be disputed."),
        )
    if is_open:
        raise Refused(
            "dispute.open",
            gettext_noop("Your objection to this record waits for its answer already."),
        )


def check_answer(outcome: str, *, answered: bool, is_reversed: bool) -> Outcome:
    """An open dispute is answered; "corrected" only when the record was reversed."""
    if answered:
        raise Refused("dispute.answered", gettext_noop("This objection was answered already."))
    if outcome not in set(Outcome):
        raise Refused("dispute.outcome", gettext_noop("Say whether the record stays as it is."))
    chosen = Outcome(outcome)
    if chosen == Outcome.CORRECTED and not is_reversed:
        raise Refused(
            "dispute.not-corrected",
            gettext_noop("Reverse or correct the record first, then answer that it was put right."),
        )
    if chosen == Outcome.KEPT and is_reversed:
        raise Refused(
            "dispute.not-kept",
            gettext_noop("The record was reversed meanwhile; answer that it was put right."),
        )
    return chosen


def check_not_own(actor_person: object, person: object) -> None:
    """Nobody answers for their own services."""
    if actor_person is not None and actor_person == person:
        raise Refused(
            "record.own",
            gettext_noop("Nobody confirms or enters their own services; ask a colleague."),
        )
