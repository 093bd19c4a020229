"""What a kind of offer is: everything in which kinds differ, said once by the folder of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.records import Way
from baodao.orgs.rules.policies import Amount

Particular = str | int | bool | None
Particulars = Mapping[str, Particular]
"""What only one kind says of its offers, by the columns of its own table."""


class Claimant(StrEnum):
    """Who claims, for themselves or for several who serve."""

    PERSON = "person"
    UNIT = "unit"
    TEAM = "team"


class Reach(StrEnum):
    """Whom an offer takes, by where they are registered; who moves out of reach is let go."""

    COMMUNITY = "community"
    STREET = "street"


def reach_of(reach: Reach, path: str) -> str:
    """The path within which offers of this reach take who is registered at the community `path`:
    its own, or that of its street, which neighbours share."""
    return path if reach is Reach.COMMUNITY else street_of(path)


def street_of(path: str) -> str:
    """The path of what a community lies in."""
    return path.rstrip(".").rpartition(".")[0] + "."


class Exit(StrEnum):
    """Whether a place that is held is given back freely, or with the community's word."""

    FREE = "free"
    ASKED = "asked"


class Recording(StrEnum):
    """How service comes into the ledger: by the list of who came, or by the day it was done."""

    LIST = "list"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """What a kind is called, as message ids: its `name` in lists and on papers, the bare noun and
    its plural for sentences, the button that makes one, the one that makes it of a need, and how
    one reads of which every place is taken (`full`)."""

    name: str
    noun: str
    nouns: str
    offer: str
    answer: str
    full: str


@dataclass(frozen=True, kw_only=True)
class OfferKind:
    """One kind of offer. Everything must be said: a gap would be found by a member.

    `rank` is its place in lists. A `timed` kind has its hours, another the words of its schedule.
    A claim serves `often`, or once and is done. A `personal` one is for one person or household:
    nothing that everybody reads may tell who that is, and who serves reads how to reach them. One
    that serves once `answers_one` need from the beginning, and is over with it. `most` is the
    policy that says how many live claims of the kind a person may hold at a time; None is as many
    as fit. `approval` and `places` are what a new one proposes.
    `check` returns the particulars of an offer as they may be kept, or raises `Refused`.
    """

    code: str
    rank: int
    words: KindWords
    timed: bool
    often: bool
    personal: bool
    claimants: frozenset[Claimant]
    reach: Reach
    most: Amount | None
    exit: Exit
    recording: Recording
    way: Way
    approval: bool
    places: int
    check: Callable[[Particulars], Particulars]

    def __post_init__(self) -> None:
        """A kind that contradicts itself is refused where it is written."""
        if not self.code.isidentifier() or not self.claimants:
            raise ValueError(f"the kind {self.code!r} needs a code of letters, and claimants")
        if self.recording is Recording.LIST and (self.often or not self.timed):
            raise ValueError(f"the list of a {self.code} closes it: it has hours and serves once")
        if self.personal and self.recording is not Recording.DAY:
            raise ValueError(
                f"a {self.code} is for one person: it is done on a day, without a list"
            )

    @property
    def answers_one(self) -> bool:
        """Whether it is there for the need of one person, and over once that is met."""
        return self.personal and not self.often

    @property
    def pairs(self) -> bool:
        """Whether somebody stands by one person or household, and comes again and again."""
        return self.personal and self.often

    def __str__(self) -> str:
        return self.code


def no_particulars(particulars: Particulars) -> Particulars:
    """The `check` of a kind that keeps nothing of its own."""
    if particulars:
        raise Refused(
            "offer.particulars",
            gettext_noop("Nothing of this name is kept: %(names)s"),
            names=", ".join(sorted(particulars)),
        )
    return particulars
