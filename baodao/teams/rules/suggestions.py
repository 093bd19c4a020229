"""Teams of about fifteen that could be made of who is in none, each with its reason."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from baodao.teams.rules.teams import Bond

AIM, LEAST, MOST = 15, 8, 20
"""So many are a team; fewer than the least are none, of more than the most the first make one."""


@dataclass(frozen=True)
class Neighbour:
    """A member in no team, with the words of what they could have in common with others."""

    registration_id: UUID
    name: str
    words: Sequence[tuple[Bond, str]]


@dataclass(frozen=True)
class Suggestion:
    """A team that could be made: what its members have in common, and who they are."""

    bond: Bond
    word: str
    members: Sequence[Neighbour]

    @property
    def key(self) -> str:
        """By which the page says which one it means."""
        return f"{self.bond}.{self.word}"

    @property
    def name(self) -> str:
        """What the team would be called, as official names are: in Chinese."""
        return f"{self.word}服务队"


def suggested(people: Sequence[Neighbour], names: Collection[str] = ()) -> list[Suggestion]:
    """The teams that could be made of these people, nearest to fifteen first; nobody is in two.

    None is called as a team that is there already (`names`). What people know or like says more
    of them than where they live.
    """
    free = {one.registration_id: one for one in people}
    suggestions: list[Suggestion] = []
    while best := _best(list(free.values()), {*names, *(one.name for one in suggestions)}):
        suggestions.append(best)
        for one in best.members:
            del free[one.registration_id]
    return suggestions


def _best(people: Sequence[Neighbour], names: Collection[str]) -> Suggestion | None:
    groups: defaultdict[tuple[Bond, str], list[Neighbour]] = defaultdict(list)
    for one in people:
        for bond, word in one.words:
            groups[bond, word].append(one)
    every = (
        Suggestion(bond, word, members[:AIM] if len(members) > MOST else members)
        for (bond, word), members in groups.items()
        if len(members) >= LEAST
    )
    able = [one for one in every if one.name not in names]
    return min(able, key=_order, default=None)


def _order(suggestion: Suggestion) -> tuple[bool, int, str]:
    return suggestion.bond is Bond.PLACE, abs(len(suggestion.members) - AIM), suggestion.key
