"""What applying a roster changed, as it is kept to undo it as a whole."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

Json = dict[str, Any]


@dataclass(frozen=True)
class Effects:
    """Whom a roster touched: `fresh` are persons it made, `before` what stood of the others, by
    their id, with `membership` None for who had none; `branches` are those it made; `ended` is what
    ended with who departed; `at` is the instant after it was applied."""

    fresh: list[UUID]
    before: dict[UUID, Json]
    branches: list[int]
    ended: Json
    at: datetime

    def packed(self) -> bytes:
        before = {str(person): facts for person, facts in self.before.items()}
        fresh = [person.hex for person in self.fresh]
        at = self.at.isoformat()
        facts = {"fresh": fresh, "before": before, "branches": self.branches}
        facts |= {"ended": self.ended, "at": at}
        return json.dumps(facts, ensure_ascii=False).encode()

    @classmethod
    def unpacked(cls, content: bytes) -> Self:
        facts = json.loads(content)
        before = {UUID(person): row for person, row in facts["before"].items()}
        fresh = [UUID(person) for person in facts["fresh"]]
        at = datetime.fromisoformat(facts["at"])
        return cls(fresh, before, facts["branches"], facts["ended"], at)

    @property
    def persons(self) -> set[UUID]:
        return {*self.fresh, *self.before}
