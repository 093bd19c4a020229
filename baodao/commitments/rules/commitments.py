"""承诺: what a member may commit to for a year, until when it may be changed, and who may read it
on the notice board."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop

CONSENT = "2026-12"
"""The version of the words under which a member agrees that a commitment is posted up."""

MOST_TIMES, MOST_HOURS, MOST_ITEMS = 366, 2_000, 20
SERVICES, WORDS = 100, 100


@dataclass(frozen=True)
class CommitmentFacts:
    """What a member ticks: offers and series by id, what they can do beside these, and how often
    and how many hours they mean to serve in the year altogether; none of these has to be there.

    `consent` is the version of the words under which it may be posted up, empty where it may not.
    """

    ticked: frozenset[UUID] = frozenset()
    services: str = ""
    times: int | None = None
    hours: int | None = None
    words: str = ""
    consent: str = ""


def check_year(year: int, today: date) -> None:
    """Refuse to commit for another year than the present: what is over stays as it was."""
    if year != today.year:
        raise Refused(
            "commitment.year",
            gettext_noop("The commitment of %(year)s is closed; this year has its own."),
            year=str(year),
        )


def check_commitment(facts: CommitmentFacts) -> None:
    """Refuse what commits to nothing, and more than somebody can keep."""
    if not (facts.ticked or facts.services or facts.times or facts.hours):
        raise Refused(
            "commitment.empty",
            gettext_noop("Tick something, or say how often or how many hours you want to serve."),
        )
    if len(facts.ticked) > MOST_ITEMS:
        raise Refused(
            "commitment.many",
            gettext_noop("Tick at most %(most)s; what you tick is what you mean to do."),
            most=MOST_ITEMS,
        )


def check_consent(consent: str, *, posts: bool) -> None:
    """Refuse consent to what the community does not do, and to other words than the present."""
    if consent and (consent != CONSENT or not posts):
        raise Refused(
            "commitment.consent",
            gettext_noop("Commitments are not posted up here; nobody needs to agree to it."),
        )
