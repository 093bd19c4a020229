"""Putting a record right: what may be reversed, why, and by whom."""

from baodao.kernel.errors import Refused, gettext_noop


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
