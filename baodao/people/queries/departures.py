"""What stands in the way of taking a departure back, as every slice knows it."""

from collections import defaultdict
from uuid import UUID

from baodao.people.rules.departures import Json, steps


def obstacles_to_return(marks: Json) -> dict[UUID, list[str]]:
    """Of persons who departed what cannot stand again as it did, in words (message ids)."""
    words: defaultdict[UUID, list[str]] = defaultdict(list)
    for step in steps():
        for person_id, more in step.obstacles(marks.get(step.key, {})).items():
            words[person_id].extend(more)
    return dict(words)
