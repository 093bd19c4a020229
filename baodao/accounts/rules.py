"""Roles and who may hold them, one-time passwords, the switches there are, tokens of programs."""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from baodao.kernel.authz import ADMINISTRATORS, Permission, Role
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.policies import AUTHORITIES, EVERY, Amount, Quantity
from baodao.orgs.rules.tree import Kind

ROLE_NAMES: dict[Role, str] = {
    Role.AUDIT_ADMINISTRATOR: gettext_noop("audit administrator"),
    Role.BRANCH_SECRETARY: gettext_noop("branch secretary"),
    Role.COMMUNITY_SECRETARY: gettext_noop("community secretary"),
    Role.COMMUNITY_WORKER: gettext_noop("community worker"),
    Role.OPERATOR: gettext_noop("operator"),
    Role.SECURITY_ADMINISTRATOR: gettext_noop("security administrator"),
    Role.SUPERVISOR: gettext_noop("supervisor"),
    Role.SYSTEM_ADMINISTRATOR: gettext_noop("system administrator"),
    Role.UNIT_CLERK: gettext_noop("unit clerk"),
    Role.UNIT_SECRETARY: gettext_noop("unit secretary"),
}

ROLE_PLACES: dict[Role, frozenset[Kind]] = {
    Role.BRANCH_SECRETARY: frozenset({Kind.BRANCH}),
    Role.COMMUNITY_SECRETARY: frozenset({Kind.COMMUNITY}),
    Role.COMMUNITY_WORKER: frozenset({Kind.COMMUNITY}),
    Role.SUPERVISOR: AUTHORITIES,
    Role.UNIT_CLERK: frozenset({Kind.UNIT}),
    Role.UNIT_SECRETARY: frozenset({Kind.UNIT}),
} | dict.fromkeys(ADMINISTRATORS, frozenset({Kind.CITY, Kind.DISTRICT}))
"""On which kinds of organisation a role is granted; the operator's is never granted."""

RESET_VERB = "account.password-reset"
"""How the journal says that somebody's password was made anew: whoever did it is tied to them."""

USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,59}")
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No letters or digits that are taken for others when read aloud or from paper."""

MOST_ACCOUNTS = 200

HEADING = gettext_noop("Accounts")
ONE_TIME = Amount(
    key="password.one_time_days",
    question=gettext_noop("Time in which a one-time password must be used"),
    default=14,
    quantity=Quantity.DAYS,
    least=1,
    most=30,
    levels=AUTHORITIES | {Kind.UNIT},
    at=EVERY,
)
POLICIES = (ONE_TIME,)
"""What authorities and units decide about accounts."""


@dataclass(frozen=True)
class Feature:
    """What a switch turns on, in words, and why it is off by default."""

    name: str
    meaning: str
    assessed: bool = False
    """Whether an impact assessment must be on file before it is turned on: what it turns on holds
    sensitive facts of people (个人信息保护法第五十五条)."""


UNIT_ORDER = "unit-order"
RECORDING = "recording-organisation"
REQUIRED_CHECK_IN = "required-check-in"
POINTS = "points"
STARS = "stars"
HOUSEHOLD_FILES = "household-files"
TIME_BANK = "time-bank"
SWITCHES: dict[str, Feature] = {
    UNIT_ORDER: Feature(
        gettext_noop("Order units by their rate"),
        gettext_noop(
            "Supervisors may sort the units in the overview by rate. Off, units stand in the order "
            "of the tree: figures are totals, not an order from best to worst."
        ),
    ),
    RECORDING: Feature(
        gettext_noop("Recording organisation"),
        gettext_noop(
            "Sheets of a person's records may be called certificates, because this site is itself "
            "an organisation that records voluntary service."
        ),
    ),
    REQUIRED_CHECK_IN: Feature(
        gettext_noop("Check-in required in emergencies"),
        gettext_noop(
            "In posts of emergency call-ups only who checked in is ticked on the list at first; "
            "whoever keeps it ticks who else came. Off, and everywhere else, everybody is ticked."
        ),
    ),
    POINTS: Feature(
        gettext_noop("Points and grades"),
        gettext_noop(
            "Policies that sum up points, or give a grade by them, may be adopted. Off, "
            "they are neither adopted nor applied, and nothing of them is shown. Nobody is ranked."
        ),
    ),
    STARS: Feature(
        gettext_noop("Stars"),
        gettext_noop(
            "Policies that give stars may be adopted. Off, they are neither adopted nor applied, "
            "and nothing of them is shown. Nobody is ranked."
        ),
    ),
    HOUSEHOLD_FILES: Feature(
        gettext_noop("Files of households"),
        gettext_noop(
            "Communities may keep files of households in difficulty, sealed, opened with a reason "
            "and deleted by their day. An impact assessment must be on file first. Off, nothing is "
            "read or written; what was kept is still shown to its household and deleted."
        ),
        assessed=True,
    ),
    TIME_BANK: Feature(
        gettext_noop("Time bank"),
        gettext_noop(
            "Who serves may open an account of the hours served, and spend them as help for "
            "themselves or their kin, or give them away. No money, no goods, no order of merit, "
            "and nobody reads another's balance. Off, nothing is earned, shown or asked; "
            "statements of before stay readable."
        ),
    ),
}
ASSESSMENT_DAYS = 1096
"""How old an impact assessment may be: it and what it found are kept for three years at least
(个人信息保护法第五十六条), and made anew after that."""
ASSESSMENT_TITLE, ASSESSMENT_TEXT = 100, 2000
LONGEST_SWITCH_DAYS = 366
LONGEST_GRANT_DAYS = 3653


def check_username(username: str) -> str:
    """The name to sign in with, lower case; refused unless plain."""
    if not USERNAME.fullmatch(username):
        raise Refused(
            "account.username",
            gettext_noop(
                "A name to sign in with has 3 to 60 letters, digits, points, hyphens or "
                "underscores and begins with a letter or digit."
            ),
        )
    return username.lower()


def one_time_password() -> str:
    """Twelve characters in three groups, about 59 random bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


OWN_SIGNS = 6
"""Characters that a password needs beside one's names."""


def repeats(password: str, words: Collection[str]) -> bool:
    """Whether a password is one of these words, or little more: what is left of it without them
    and without repetition has fewer than `OWN_SIGNS` characters."""
    rest = whole = password.casefold()
    for word in (one.casefold() for one in words if len(one) > 1):
        rest = rest.replace(word, "").replace(word[::-1], "")
    return rest != whole and len(rest) < OWN_SIGNS


def check_grant(role: Role, kind: Kind, roles: Collection[Role]) -> None:
    """Refuse a role on the wrong kind of organisation, or beside one that excludes it."""
    if kind not in ROLE_PLACES.get(role, frozenset()):
        raise Refused(
            "grant.wrong-place",
            gettext_noop("The role “%(role)s” is not granted on a %(kind)s."),
            role=ROLE_NAMES[role],
            kind=kind.words,
        )
    administrator = (set(roles) & ADMINISTRATORS) - {role}
    if administrator or (role in ADMINISTRATORS and set(roles) - {role}):
        raise Refused(
            "grant.excluded",
            gettext_noop(
                "Each of the three administrators holds this one role and no other. Use another "
                "account, or end the other role (%(held)s) first."
            ),
            held=ROLE_NAMES[next(iter(administrator or set(roles)))],
        )


def check_period(until_on: date | None, today: date) -> None:
    """Refuse an end date that has passed, or lies so far ahead that its year was mistyped."""
    if until_on is None:
        return
    if until_on < today:
        raise Refused("grant.ended", gettext_noop("The end date has passed already."))
    if (until_on - today).days > LONGEST_GRANT_DAYS:
        raise Refused(
            "grant.end-far",
            gettext_noop(
                "The end date, %(day)s, is more than ten years away; check the year, or leave it "
                "empty for a grant without an end."
            ),
            day=until_on,
        )


def check_switch(key: str, ends_on: date, today: date) -> None:
    """Refuse a switch that is not known, has ended, or would stay on for more than a year."""
    if key not in SWITCHES:
        raise Refused("switch.unknown", gettext_noop("There is no switch “%(key)s”."), key=key)
    if not today <= ends_on or (ends_on - today).days > LONGEST_SWITCH_DAYS:
        raise Refused(
            "switch.period",
            gettext_noop("A switch ends on a day from today to a year from now."),
        )


@dataclass(frozen=True)
class AssessmentFacts:
    """An impact assessment: for which switch, its title, who approved it and when, what it says."""

    key: str
    title: str
    approver: str
    approved_on: date
    text: str


def check_assessment(facts: AssessmentFacts, today: date) -> None:
    """Refuse an assessment for a switch that needs none, or one of a day to come or of long ago."""
    if facts.key not in SWITCHES or not SWITCHES[facts.key].assessed:
        raise Refused(
            "assessment.unneeded", gettext_noop("This switch needs no impact assessment.")
        )
    if not 0 <= (today - facts.approved_on).days <= ASSESSMENT_DAYS:
        raise Refused(
            "assessment.day",
            gettext_noop("An impact assessment is of the last three years."),
        )


SCOPES: dict[Permission, str] = {
    Permission.ALLOCATION_PROPOSE: gettext_noop("read proposals of balanced allocation"),
    Permission.CALLUP_CALL: gettext_noop("call members up, place who can come, stand down"),
    Permission.CLAIM_DECIDE: gettext_noop("decide claims and leavings, claim for members"),
    Permission.CLAIM_MAKE: gettext_noop("claim for a unit, answer whistles, propose activities"),
    Permission.CLAIM_READ: gettext_noop("read claims"),
    Permission.CONTACT_READ: gettext_noop("read contact points of cadres"),
    Permission.FLAG_DECIDE: gettext_noop("look through flags of service records"),
    Permission.HONOUR_READ: gettext_noop("read rounds of honours and their lists"),
    Permission.LETTER_ISSUE: gettext_noop("issue letters of introduction"),
    Permission.NEED_COLLECT: gettext_noop("take needs down"),
    Permission.NEED_READ: gettext_noop("read needs, without who asked"),
    Permission.NEED_SCREEN: gettext_noop("take needs on and close them"),
    Permission.OFFER_EDIT: gettext_noop("draft, publish, move and end offers"),
    Permission.OFFER_READ: gettext_noop("read offers"),
    Permission.OPINION_READ: gettext_noop("read rounds of opinions and their marks"),
    Permission.PROBLEM_ANSWER: gettext_noop("answer for problems, end tasks"),
    Permission.PROBLEM_EDIT: gettext_noop("put problems on the list and close them"),
    Permission.PROBLEM_READ: gettext_noop("read problems, without who asked"),
    Permission.RECORD_CONFIRM: gettext_noop("confirm and return members' own statements"),
    Permission.RECORD_CREATE: gettext_noop("record services and who came"),
    Permission.RECORD_READ: gettext_noop("read service records"),
    Permission.RECORD_REVERSE: gettext_noop("reverse service records"),
    Permission.REGISTRATION_ACCEPT: gettext_noop("receive and return members"),
    Permission.REGISTRATION_END: gettext_noop("end registrations"),
    Permission.REGISTRATION_PLACE: gettext_noop("place members in grids and teams"),
    Permission.REGISTRATION_PRESENT: gettext_noop("present letters as a group"),
    Permission.REGISTRATION_READ: gettext_noop("read registrations"),
    Permission.REGISTRATION_WITHDRAW: gettext_noop("withdraw letters"),
    Permission.REPORT_READ: gettext_noop("read reports"),
    Permission.REPORT_RECEIVE: gettext_noop("acknowledge and return reports"),
    Permission.REPORT_REQUEST: gettext_noop("ask units and communities for reports"),
    Permission.REPORT_WRITE: gettext_noop("draw up and submit reports"),
    Permission.UNIT_REGISTRATION_ACCEPT: gettext_noop("claim resources of units"),
    Permission.UNIT_REGISTRATION_PRESENT: gettext_noop("answer what communities claim of a unit"),
    Permission.UNIT_REGISTRATION_READ: gettext_noop("read lists of resources and their claims"),
}
"""What a token can be given: the permissions that the API asks for, in words."""

MOST_TOKENS = 20
LONGEST_TOKEN_DAYS = 366
TOKEN_BYTES = 32
BEGINNING = "bd"
"""By which people and scanners of leaked secrets know a token of this software."""


@dataclass(frozen=True)
class Secret:
    """A token in clear, told once, and what is kept of it."""

    text: str
    prefix: str

    @property
    def digest(self) -> bytes:
        return token_digest(self.text)


def new_secret() -> Secret:
    """256 random bits behind a beginning of their own, which may be shown."""
    prefix = f"{BEGINNING}_{''.join(secrets.choice(ALPHABET) for _ in range(8))}"
    return Secret(f"{prefix}_{secrets.token_urlsafe(TOKEN_BYTES)}", prefix)


def token_digest(text: str) -> bytes:
    """SHA-256 of a token: random enough that no salt and no slow digest is needed."""
    return hashlib.sha256(text.encode()).digest()


def check_token(scopes: Collection[Permission], ends_on: date, today: date) -> None:
    """Refuse a token that may do nothing, may do what no token may, or outlives a year."""
    if not scopes or not set(scopes) <= SCOPES.keys():
        raise Refused("token.scopes", gettext_noop("Choose at least one thing the token may do."))
    if not today <= ends_on or (ends_on - today).days > LONGEST_TOKEN_DAYS:
        raise Refused(
            "token.period", gettext_noop("A token ends on a day from today to a year from now.")
        )


def check_token_live(*, is_revoked: bool) -> None:
    """Refuse to revoke a token that is revoked already."""
    if is_revoked:
        raise Refused("token.revoked", gettext_noop("This token is revoked already."))


def check_token_holder(roles: Collection[Role], live: int) -> None:
    """The three administrators have no tokens; others have a number one can keep an eye on."""
    if set(roles) & ADMINISTRATORS:
        raise Refused(
            "token.administrator",
            gettext_noop(
                "The three administrators have no API tokens: what they do, a person does, with a "
                "second step."
            ),
        )
    if live >= MOST_TOKENS:
        raise Refused(
            "token.too-many",
            gettext_noop("You have %(most)s tokens already. Revoke those no longer used."),
            most=MOST_TOKENS,
        )
