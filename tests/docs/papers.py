"""What the papers of the project say: their links, paths, commands and quoted words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.environment import ROOT

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)```\w*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
TOP = ("README.md", "README.zh-CN.md")


@dataclass(frozen=True)
class Paper:
    """One Markdown file."""

    path: Path
    text: str

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    def prose(self) -> str:
        """The text without its blocks of commands."""
        return FENCE.sub("", self.text)

    def inline(self) -> list[str]:
        """Everything in backticks in the prose."""
        return INLINE.findall(self.prose())

    def commands(self) -> Iterator[str]:
        """Lines of commands: those in blocks, and inline ones that begin like one."""
        for _indent, block in FENCE.findall(self.text):
            yield from (line.strip() for line in block.splitlines() if line.strip())
        yield from (
            words for words in self.inline() if re.match(r"(?:make|baodao|\.venv/)\S* ?", words)
        )


def papers() -> list[Paper]:
    """README in both languages and everything below docs."""
    files = [*(ROOT / name for name in TOP), *sorted((ROOT / "docs").rglob("*.md"))]
    return [Paper(file, file.read_text()) for file in files]


def manual() -> list[Paper]:
    """The pages of the manual."""
    return [paper for paper in papers() if ROOT / "docs" / "manual" in paper.path.parents]
