"""What each column of a file, or a word in its cells, holds: understood, and said otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True)
class ColumnLine:
    """One header of the file and the choice of its meaning; `name` is that of its field."""

    name: str
    title: str
    meaning: str
    choices: list[tuple[str, str, bool]]


def column_lines(meanings: Mapping[str, str], labels: Mapping[str, str]) -> list[ColumnLine]:
    """A line for each header, with the fact as which it was understood ("" for none); `labels` says
    what each fact is called, as message ids."""
    lines = []
    for number, (title, meaning) in enumerate(meanings.items()):
        choices = [("", gettext("not used"), not meaning)]
        choices += [(fact, gettext(label), fact == meaning) for fact, label in labels.items()]
        lines.append(ColumnLine(f"column-{number}", title, meaning, choices))
    return lines


def corrections_in(sent: Mapping[str, str], lines: Iterable[ColumnLine]) -> dict[str, str]:
    """What a form says otherwise than was understood: title → meaning."""
    return {
        line.title: sent[line.name]
        for line in lines
        if sent.get(line.name, line.meaning) != line.meaning
    }
