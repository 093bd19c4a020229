"""What hangs on a person in the slices above: each registers its rows.

They are told to who compares two entries or undoes a roster, and follow a person who is merged.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonRelation:
    """The rows of one model that name a person in `column`; `words` is what pages call several of
    them, as a message id; `made` the column of the instant at which they were made or changed, and
    `branch`, where they keep it, of the branch of the person then. When two persons are merged the
    rows name the other one from then on, unless they never change (`moves` is False) and their
    slice hands them over in its own way."""

    model: str
    words: str
    made: str
    branch: str = ""
    column: str = "person"
    moves: bool = True


RELATIONS: list[PersonRelation] = []
"""Every relation, as the slices have registered them."""


def register_relations(*relations: PersonRelation) -> None:
    """Add what hangs on persons in a slice."""
    RELATIONS.extend(relations)
