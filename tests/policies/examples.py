"""Worked examples of policies: what is known of one subject, and what follows, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

from baodao.people.rules.standing import Grade, Standing
from baodao.policies.rules.deeds import Deed, ExemptTime, Spell, SubjectFacts
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.measures import DeedKind, DeedTrait
from baodao.policies.rules.presets import FOLDER, preset_names

PRESETS = FOLDER
NAMES = preset_names()


@dataclass(frozen=True)
class Example:
    """One worked example of a preset."""

    preset: str
    contents: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.preset}: {self.contents['name']}"

    @property
    def facts(self) -> SubjectFacts:
        return facts_from(self.contents)


@cache
def preset(name: str) -> RuleSet:
    return read_policy((PRESETS / f"{name}.yaml").read_text())


def examples() -> Iterator[Example]:
    for name in NAMES:
        file = PRESETS / f"{name}.examples.yaml"
        for contents in yaml.safe_load(file.read_text()):
            yield Example(name, contents)


def facts_from(contents: Mapping[str, Any]) -> SubjectFacts:
    """The facts that an example writes down; a deed with `repeat` stands for so many, `step` days
    (7) after each other."""
    deeds = [
        _deed(row, number, turn)
        for number, row in enumerate(contents.get("deeds", ()))
        for turn in range(row.get("repeat", 1))
    ]
    spells = [
        Spell(
            row["from"],
            row.get("until"),
            Standing(row.get("standing", "in-service")),
            Grade(row.get("grade", "full")),
            row.get("group", ""),
        )
        for row in contents.get("member", ())
    ]
    exempt = [ExemptTime(row["from"], row.get("until")) for row in contents.get("exempt", ())]
    return SubjectFacts("x", tuple(deeds), tuple(spells), tuple(exempt), contents.get("joined"))


def _deed(row: Mapping[str, Any], number: int, turn: int) -> Deed:
    on: date = row["date"] + timedelta(days=turn * row.get("step", 7))
    traits = {trait: str(row[trait.value]) for trait in DeedTrait if trait.value in row}
    if "traits" in row:
        traits |= {DeedTrait(key): str(value) for key, value in row["traits"].items()}
    if row.get("each_kind"):
        traits[DeedTrait.KIND] = f"{number}-{turn}"
    return Deed(
        id=row.get("id", f"{number}-{turn}"),
        kind=DeedKind(row["what"]),
        on=on,
        until=row.get("until"),
        minutes=row.get("minutes", 60),
        value=row.get("value", 1),
        traits=traits,
        confirmed=row.get("confirmed", False),
        reverses=row.get("reverses", ""),
    )
