"""Sentences of reports as data: each with the figures it needs and the words around them.

A sentence stands in a report only where its figures bear it; nothing is written where there is
nothing to say, and no figure comes from anywhere but a metric.
"""

import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Metric
from baodao.figures.rules.figures import plain, share_of
from baodao.figures.rules.sheets import StatSheet
from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.moments import AsOf
from baodao.orgs.rules.tree import Kind

BEFORE, RATE = "_before", "_rate"
"""Endings of the places of a sentence: the figure of the period before, the rate of a metric."""

BRANCH_PLACES = {
    "branches": "in_service",
    "missing_branches": "missing",
    "idle_branches": "served",
}
"""Places that speak of branches, with the metric whose table tells of each."""

_RELATIONS = {">": operator.gt, "<": operator.lt, "=": operator.eq}


class ReportPart(Code):
    """The four usual parts: 基本情况, 开展情况, 存在问题, 下一步打算."""

    BASIC = "basic", gettext_noop("Basic situation")
    WORK = "work", gettext_noop("How it went")
    PROBLEMS = "problems", gettext_noop("Problems that remain")
    STEPS = "steps", gettext_noop("Next steps")


PART_TITLES = {
    ReportPart.BASIC: "基本情况",
    ReportPart.WORK: "开展情况",
    ReportPart.PROBLEMS: "存在问题",
    ReportPart.STEPS: "下一步打算",
}
"""How the parts are called on paper."""

JOINTS = {
    ReportPart.BASIC: "",
    ReportPart.WORK: "",
    ReportPart.PROBLEMS: "\n",
    ReportPart.STEPS: "\n",
}
"""What stands between two sentences of a part."""


@dataclass(frozen=True)
class Comparison:
    """A figure beside a number or another figure; it fails where one of them is not known."""

    left: str
    relation: str
    right: int | str = 0

    def holds(self, values: Mapping[str, int]) -> bool:
        left = values.get(self.left)
        right = values.get(self.right) if isinstance(self.right, str) else self.right
        if left is None or right is None:
            return False
        return bool(_RELATIONS[self.relation](left, right))


@dataclass(frozen=True)
class Sentence:
    """What is said in a part `when` all comparisons hold; places in `words` are figures or the
    names of branches. A step `follows` the problem with that code: it is there exactly when the
    problem is."""

    code: str
    part: ReportPart
    words: str
    when: tuple[Comparison, ...] = ()
    follows: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """The names of its places, in their order."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.words) if name)


@dataclass(frozen=True)
class ReportFigures:
    """Everything that the sentences of a report may say: figures by the code of their metric (of
    the period before with `BEFORE`), how many branches, and which they are."""

    values: Mapping[str, int]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


def metric_of(place: str) -> Metric | None:
    """The metric whose rows stand behind a place; None where it is a day or a period."""
    code = BRANCH_PLACES.get(place, place.removesuffix(BEFORE).removesuffix(RATE))
    return METRICS.get(code)


def sheet_of_metric(metric: Metric) -> StatSheet:
    """The official table of units in which a metric stands, the first of them."""
    return next(sheet for sheet, levels in metric.columns.items() if Kind.UNIT in levels)


def sentences_of(
    sentences: Iterable[Sentence], values: Mapping[str, int]
) -> dict[ReportPart, list[Sentence]]:
    """The sentences that the figures bear, by part; a step where its problem stands."""
    all_of = {one.code: one for one in sentences}

    def stands(one: Sentence) -> bool:
        if one.follows:
            return stands(all_of[one.follows])
        return all(comparison.holds(values) for comparison in one.when)

    standing: dict[ReportPart, list[Sentence]] = {part: [] for part in ReportPart}
    for one in all_of.values():
        if stands(one):
            standing[one.part].append(one)
    return standing


def place_texts(figures: ReportFigures, as_of: AsOf, words: Mapping[str, str]) -> dict[str, str]:
    """What stands in each place: figures, rates, names of branches, and the given `words`."""
    texts = dict(words)
    for place, value in figures.values.items():
        metric = METRICS.get(place.removesuffix(BEFORE))
        texts[place] = str(value if metric is None else plain(metric, value, as_of.on))
        if metric is not None and metric.share and not place.endswith(BEFORE):
            share = share_of(metric, figures.values)
            if share is not None:
                texts[f"{place}{RATE}"] = f"{share:.1f}%"
    return texts | {place: "、".join(names) for place, names in figures.names.items()}


def sentence_texts(sentences: Iterable[Sentence], texts: Mapping[str, str]) -> dict[str, str]:
    """The sentences by their codes, their places filled."""
    return {one.code: one.words.format_map(texts) for one in sentences}
