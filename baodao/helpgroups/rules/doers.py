"""Who does a measure for a household: somebody who is known here, or words."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop


@dataclass(frozen=True)
class DoerFacts:
    """Who does it: a member, or a help group, or a team or a unit; nobody of them where it is words
    alone."""

    person_id: UUID | None = None
    group_id: UUID | None = None
    organisation_id: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is somebody who can be told."""
        return any((self.person_id, self.group_id, self.organisation_id))


def check_doer(doer: DoerFacts, words: str) -> None:
    """Refuse several who do it: nobody would."""
    named = [doer.person_id, doer.group_id, doer.organisation_id, words.strip()]
    if len([one for one in named if one]) != 1:
        raise Refused(
            "measure.doer",
            gettext_noop("Say once who does it: choose somebody, or write it in words."),
        )


@dataclass(frozen=True)
class DeedFacts:
    """What was done of a measure, on which day; for how long, where it was service of a member."""

    on: date
    words: str
    minutes: int | None = None
