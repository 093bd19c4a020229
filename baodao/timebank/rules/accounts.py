"""时间银行: accounts of hours, what is booked on them, and for whom hours are spent."""

from dataclasses import dataclass, replace

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, check_length

CONSENT = "2026-12"
"""The version of the words under which an account is opened, and kin are named."""
NAME, POOL_NAME = 30, 30
MOST_KIN = 10


class AccountKind(Code):
    """个人, 能人, 互助池, 往来."""

    PERSON = "person", gettext_noop("Account of a member")
    TALENT = "talent", gettext_noop("Account of a resident of the list of talents")
    POOL = "pool", gettext_noop("Pool of a community")
    CLEARING = "clearing", gettext_noop("Counter account of a community")


HOLDERS = (AccountKind.PERSON, AccountKind.TALENT)
"""Accounts of somebody; the hours of a pool are the community's to give."""


class AccountEnding(Code):
    """Why an account is closed."""

    WISH = "wish", gettext_noop("Closed by who owns it")
    LEFT = "left", gettext_noop("Who owned it left or was forgotten")
    JOINED = "joined", gettext_noop("Goes on in another account of the same person")


class BookingKind(Code):
    """What a booking is of; each moves minutes from one account to another."""

    EARNED = "earned", gettext_noop("Credited for a service")
    TAKEN_BACK = "taken-back", gettext_noop("A service was put right")
    ORDERED = "ordered", gettext_noop("Help ordered")
    GIVEN_BACK = "given-back", gettext_noop("Order cancelled")
    DONATED = "donated", gettext_noop("Given to others")
    EXPIRED = "expired", gettext_noop("Expired")
    CLOSED = "closed", gettext_noop("Account closed")
    JOINED = "joined", gettext_noop("Two accounts joined")


class KinRelation(Code):
    """亲属关系."""

    SPOUSE = "spouse", gettext_noop("Husband or wife")
    PARENT = "parent", gettext_noop("Father or mother")
    INLAW = "inlaw", gettext_noop("Parent of husband or wife")
    CHILD = "child", gettext_noop("Child")
    GRANDPARENT = "grandparent", gettext_noop("Grandparent")
    SIBLING = "sibling", gettext_noop("Brother or sister")
    OTHER = "other", gettext_noop("Other kin")


@dataclass(frozen=True)
class KinFacts:
    """Somebody for whom the owner spends hours: their name, and what they are to the owner."""

    name: str
    relation: str
    consent: str


def check_kin(facts: KinFacts, named: int) -> KinFacts:
    """What is kept of kin; `named` is how many the owner has named already."""
    clean = replace(facts, name=check_length(facts.name.strip(), NAME))
    if not clean.name:
        raise Refused("time.kin-name", gettext_noop("Say how they are called."))
    if clean.relation not in set(KinRelation):
        raise Refused("time.kin-relation", gettext_noop("Choose what they are to you."))
    if clean.consent != CONSENT:
        raise Refused(
            "time.kin-consent",
            gettext_noop("Tick that they know of it and agree; without it nobody is named."),
        )
    if named >= MOST_KIN:
        raise Refused(
            "time.kin-many",
            gettext_noop("At most %(most)s relatives are named. End one of them first."),
            most=MOST_KIN,
        )
    return clean


def check_consent(consent: str) -> str:
    """The version agreed to; refused without one."""
    if consent != CONSENT:
        raise Refused(
            "time.consent",
            gettext_noop("Tick the consent; without it no account is opened. It costs nothing."),
        )
    return consent


def check_enough(minutes: int, balance: int) -> None:
    """Refuse to spend or give what an account does not hold."""
    if minutes < 1:
        raise Refused("time.minutes", gettext_noop("Say how many minutes."))
    if minutes > balance:
        raise Refused(
            "time.short",
            gettext_noop("The account holds %(minutes)s; that is not enough."),
            minutes=balance,
        )
