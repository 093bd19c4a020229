"""Putting a record right: what may be reversed, why, and by whom."""

from baodao.kernel.errors import Refused, gettext_noop

REASON = 200


def check_reason(reason: str, most: int = REASON) -> str:
    """The reason without outer spaces; refused when empty or longer than `most` characters."""
    text = reason.strip()
    if not text:
        raise Refused("reason.missing", gettext_noop("Say why, in a sentence."))
    if len(text) > most:
        raise Refused(
            "reason.long", gettext_noop("Keep each text under %(most)s characters."), most=most
        )
    return text


def check_reversible(*, is_reversal: bool, is_reversed: bool) -> None:
    """Only a record that stands is reversed, and only once."""
    if is_reversal:
        raise Refused(
            "record.reversal",
            gettext_noop("This is a reversal and cannot be reversed; record the service anew."),
        )
    if is_reversed:
        raise Refused("record.reversed", gettext_noop("This record was reversed already."))


def check_not_own(actor_person: object, person: object) -> None:
    """Nobody answers for their own services."""
    if actor_person is not None and actor_person == person:
        raise Refused(
            "record.own",
            gettext_noop("Nobody confirms or enters their own services; ask a colleague."),
        )
