"""What each column of a file, or a word in its cells, holds: understood, and said otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from baodao.spreadsheets.seen_columns import is_column_name


@dataclass(frozen=True)
class ColumnLine:
    """One header of the file and the choice of its meaning; `name` is that of its field, `samples`
    how a column begins of which no header is known."""

    name: str
    title: str
    meaning: str
    choices: list[tuple[str, str, bool]]
    samples: str = ""

    @property
    def label(self) -> str:
        """What the page calls it."""
        if not self.samples:
            return self.title
        title = self.title
        if is_column_name(title):
            sheet, _, letter = title.rpartition("!")
            title = f"{sheet} {gettext('column %(letter)s') % {'letter': letter}}".strip()
        return f"{title}（{self.samples}）"


def column_lines(
    meanings: Mapping[str, str], labels: Mapping[str, str], seen: Mapping[str, str] | None = None
) -> list[ColumnLine]:
    """A line for each header, with the fact as which it was understood ("" for none); `labels` says
    what each fact is called, as message ids, `seen` how columns begin whose headers are unknown."""
    lines = []
    samples = seen or {}
    titles = dict(meanings) | {title: "" for title in samples if title not in meanings}
    for number, (title, meaning) in enumerate(titles.items()):
        choices = [("", gettext("not used"), not meaning)]
        choices += [(fact, gettext(label), fact == meaning) for fact, label in labels.items()]
        lines.append(
            ColumnLine(f"column-{number}", title, meaning, choices, samples.get(title, ""))
        )
    return lines


def corrections_in(sent: Mapping[str, str], lines: Iterable[ColumnLine]) -> dict[str, str]:
    """What a form says otherwise than was understood: title → meaning."""
    return {
        line.title: sent[line.name]
        for line in lines
        if sent.get(line.name, line.meaning) != line.meaning
    }
