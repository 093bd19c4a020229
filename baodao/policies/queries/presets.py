"""The presets as pages show them: text, rules, source."""

from dataclasses import dataclass
from functools import cache

from baodao.kernel.errors import Absent
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.grammar import RuleSet
from baodao.policies.rules.presets import preset_names, preset_text


@dataclass(frozen=True)
class Preset:
    """A policy that a real authority wrote."""

    name: str
    text: str
    rules: RuleSet


@cache
def preset_of(name: str) -> Preset:
    """One by its name, such as `r2`; raises `Absent`."""
    text = preset_text(name)
    if text is None:
        raise Absent("preset")
    return Preset(name, text, read_policy(text))


def presets() -> list[Preset]:
    """All of them, in the order of their numbers."""
    return [preset_of(name) for name in preset_names()]
