"""The presets: policies that real authorities wrote, each a text beside its worked examples."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "presets"
_NAME = re.compile(r"r\d+(-[a-z]+)?")


def preset_names() -> list[str]:
    """The names of all presets, by their number."""
    names = [one.stem for one in FOLDER.glob("*.yaml") if _NAME.fullmatch(one.stem)]
    return sorted(names, key=_by_number)


def _by_number(name: str) -> tuple[int, str]:
    number, _, rest = name[1:].partition("-")
    return int(number), rest


def preset_text(name: str) -> str | None:
    """The text of a preset; None for what is none."""
    if not _NAME.fullmatch(name.lower()):
        return None
    file = FOLDER / f"{name.lower()}.yaml"
    return file.read_text(encoding="utf-8") if file.exists() else None
