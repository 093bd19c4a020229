"""What ends with the contact of a unit with a community, in the slices above."""

from collections.abc import Callable

from baodao.kernel.authz import Actor

ContactEnder = Callable[[Actor, int], None]
"""Ends, in the transaction of the ending, what a unit (its id) does where it was in contact."""

CONTACT_ENDERS: list[ContactEnder] = []


def register_contact_ender(ender: ContactEnder) -> None:
    """Add what ends with a contact."""
    CONTACT_ENDERS.append(ender)
