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

MOST_NAMES = 10
"""So many names stand in a sentence; of more it says how many they are."""

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
class NamedRows:
    """A place that speaks of rows below: those of a `kind` for which all comparisons hold and whose
    figure is more than `above` percent of the whole; by name, or only how many where they are
    `counted`. The table of `metric` tells of each; `heading` says on a page how many they are
    (message id), `paper_meaning` on paper, below its heading, which they are."""

    metric: str
    kind: Kind
    heading: str
    paper_heading: str
    paper_meaning: str
    when: tuple[Comparison, ...] = ()
    above: int | None = None
    counted: bool = False

    def holds(self, row: Mapping[str, int], whole: Mapping[str, int]) -> bool:
        """Whether a row is one of them, beside the figures of all rows together."""
        if self.above is not None and 100 * row[self.metric] <= self.above * whole[self.metric]:
            return False
        return all(comparison.holds(row) for comparison in self.when)


NAMED_ROWS = {
    "branches": NamedRows(
        "in_service",
        Kind.BRANCH,
        gettext_noop("Branches of the unit"),
        "党支部数",
        "截至该时点已设立、未撤销的党支部。",
        counted=True,
    ),
    "missing_branches": NamedRows(
        "missing",
        Kind.BRANCH,
        gettext_noop("Branches with members who have not registered"),
        "有未报到党员的党支部数",
        "截至该时点，至少有一名在职党员未报到的党支部。",
        (Comparison("missing", ">"),),
    ),
    "idle_branches": NamedRows(
        "served",
        Kind.BRANCH,
        gettext_noop("Branches without services"),
        "没有服务记录的党支部数",
        "截至该时点有在职党员，而统计期间内无人有服务记录的党支部。",
        (Comparison("in_service", ">"), Comparison("served", "=")),
    ),
    "idle_units": NamedRows(
        "hosted_served",
        Kind.UNIT,
        gettext_noop("Units whose members here have not served"),
        "报到党员没有服务记录的单位数",
        "截至该时点有党员在此报到，而其报到党员统计期间内均无服务记录的单位。",
        (Comparison("hosted", ">"), Comparison("hosted_served", "=")),
    ),
    "empty_communities": NamedRows(
        "hosted",
        Kind.COMMUNITY,
        gettext_noop("Communities without members"),
        "没有党员报到的社区数",
        "截至该时点没有在职党员报到的社区。",
        (Comparison("hosted", "="),),
    ),
    "crowded_communities": NamedRows(
        "hosted",
        Kind.COMMUNITY,
        gettext_noop("Communities with more than half of the members"),
        "报到党员占一半以上的社区数",
        "截至该时点，在此报到的党员超过辖区报到党员总数一半的社区。",
        above=50,
    ),
    "needy_communities": NamedRows(
        "needs_without_help",
        Kind.COMMUNITY,
        gettext_noop("Communities with needs without help"),
        "有待帮助需求的社区数",
        "截至该时点，至少有一项需求还没有人帮助的社区。",
        (Comparison("needs_without_help", ">"),),
    ),
}
"""Places that speak of branches, units or communities."""


@dataclass(frozen=True)
class Sentence:
    """What is said in a part `when` all comparisons hold; places in `words` are figures or the
    names of rows below. A step `follows` the problem with that code: it is there exactly when the
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
    the period before with `BEFORE`), how many rows below are spoken of, and which they are."""

    values: Mapping[str, int]
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


def metric_of(place: str) -> Metric | None:
    """The metric whose rows stand behind a place; None where it is a day or a period."""
    named = NAMED_ROWS.get(place)
    code = named.metric if named else place.removesuffix(BEFORE).removesuffix(RATE)
    return METRICS.get(code)


def sheet_of_metric(metric: Metric, level: Kind) -> StatSheet:
    """The official table in which a metric stands at a level, the first of them; the service table
    opens what is no column."""
    sheets = (sheet for sheet, levels in metric.columns.items() if level in levels)
    return next(sheets, StatSheet.SERVICE)


def places_in(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """All that sentences say or ask, once each: metrics, rows below, days."""
    names: list[str] = []
    for one in sentences:
        sides = (side for it in one.when for side in (it.left, it.right))
        names += [*one.places, *(side for side in sides if isinstance(side, str))]
    return tuple(dict.fromkeys(names))


def metrics_in(places: Iterable[str]) -> tuple[Metric, ...]:
    """What is counted for places, once each: their metrics, the wholes of their rates, and what
    decides which rows are named."""
    codes: list[str] = []
    for place in places:
        named = NAMED_ROWS.get(place)
        codes += [comparison.left for comparison in named.when] if named else []
        metric = metric_of(place)
        codes += [metric.code] if metric else []
        codes += [metric.share.of] if metric and metric.share else []
    return tuple(METRICS[code] for code in dict.fromkeys(codes))


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
    return texts | {place: names_text(names) for place, names in figures.names.items()}


def names_text(names: Sequence[str]) -> str:
    """Names in a sentence, the first of many with how many they are."""
    if len(names) <= MOST_NAMES:
        return "、".join(names)
    return f"{'、'.join(names[:MOST_NAMES])}等{len(names)}个"


def sentence_texts(sentences: Iterable[Sentence], texts: Mapping[str, str]) -> dict[str, str]:
    """The sentences by their codes, their places filled."""
    return {one.code: one.words.format_map(texts) for one in sentences}


CASE = "case-"
"""What the code of a typical case begins with, among the sentences of its part."""


def part_words(part: ReportPart, sentences: Mapping[str, str]) -> str:
    """Sentences of a part put together; each typical case begins a line."""
    running = (text for code, text in sentences.items() if not code.startswith(CASE))
    cases = (text for code, text in sentences.items() if code.startswith(CASE))
    return "\n".join(filter(None, (JOINTS[part].join(running), *cases)))
