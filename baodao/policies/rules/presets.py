"""The presets: policies that real authorities wrote, each a text beside its worked examples."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "presets"
_NAME = re.compile(r"r(\d+)(?:-[a-z]+)?")


def preset_names() -> list[str]:
    """The names of all presets, by their number."""
    names = {one.stem: _NAME.fullmatch(one.stem) for one in FOLDER.glob("*.yaml")}
    numbers = {name: int(match[1]) for name, match in names.items() if match is not None}
    return sorted(numbers, key=lambda name: (numbers[name], name))


def preset_text(name: str) -> str | None:
    """The text of a preset, called by its name in letters of any size; None for what is none and
    for a name with anything else in it."""
    if not _NAME.fullmatch(name.lower()):
        return None
    file = FOLDER / f"{name.lower()}.yaml"
    if not file.exists():
        return None
    return file.read_text(encoding="utf-8")
