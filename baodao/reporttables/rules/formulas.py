"""What a column of figures counts: a metric, sums and differences of metrics, and the share of one
in another. A formula is read into terms and added up; nothing that was typed is ever run."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.definitions import Measure, Metric
from baodao.figures.rules.figures import plain, rate
from baodao.kernel.errors import Refused, gettext_noop

DASH = "—"
"""What stands where a division has nothing to divide by."""
LONGEST = 12
"""So many metrics may stand in one formula."""
_SIGNS = {"+": 1, "-": -1}
_MARKS = frozenset("+-/%()")
_MINUTES = 60


@dataclass(frozen=True)
class Term:
    """A metric by its code, added or (`sign` -1) taken away."""

    code: str
    sign: int = 1


@dataclass(frozen=True)
class Formula:
    """The sum of the terms `over`, divided by that of the terms `under` where there are any, in
    `percent` or as a number with two decimals."""

    over: tuple[Term, ...]
    under: tuple[Term, ...] = ()
    percent: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The metrics that it asks."""
        return tuple(dict.fromkeys(term.code for term in (*self.over, *self.under)))

    @property
    def metric(self) -> Metric | None:
        """The metric that it is, where it is nothing else: its figure opens."""
        if self.under or len(self.over) > 1 or self.over[0].sign < 0:
            return None
        return METRICS[self.over[0].code]

    @property
    def name(self) -> str:
        """It as a key of rows on paper; what Excel keeps as a share ends in `_rate`."""
        over = "_".join(term.code if term.sign > 0 else f"less_{term.code}" for term in self.over)
        if not self.under:
            return over
        under = "_".join(term.code if term.sign > 0 else f"less_{term.code}" for term in self.under)
        return f"{over}_of_{under}{'_rate' if self.percent else ''}"

    @property
    def text(self) -> str:
        """It as it is kept: in the codes of metrics."""
        return self.written({code: code for code in self.codes})

    def written(self, names: Mapping[str, str]) -> str:
        """It in the names of metrics by their codes; a metric alone is its name."""
        if self.metric is not None:
            return names[self.metric.code]
        over = _side(self.over, names, alone=not self.under)
        under = f"/{_side(self.under, names, alone=False)}" if self.under else ""
        return f"={over}{under}{'%' if self.percent else ''}"

    def value(self, figures: Mapping[str, int], on: date) -> int | str | None:
        """It of these figures, on the day `on`; None where there is nothing to divide by."""
        if self.metric is not None:
            return plain(self.metric, figures.get(self.metric.code, 0), on)
        over = _added(self.over, figures)
        if not self.under:
            return plain(METRICS[self.over[0].code], over, on)
        under = _added(self.under, figures)
        if not under:
            return None
        if self.percent:
            share = rate(over, under) if 0 <= over <= under else 100 * over / under
            return f"{share:.1f}%"
        return f"{_number(self.over, over) / _number(self.under, under):.2f}"


def metric_formula(code: str) -> Formula:
    """A metric alone."""
    return Formula((Term(code),))


def share_formula(part: str, whole: str) -> Formula:
    """The share of one metric in another, in percent."""
    return Formula((Term(part),), (Term(whole),), percent=True)


@dataclass(frozen=True)
class FigureNames:
    """What may be written for metrics: `codes` by the key of each name, `names` as they are offered
    by code, `several` what a name could mean that is none, by its key."""

    codes: Mapping[str, str]
    names: Mapping[str, str]
    several: Mapping[str, tuple[str, ...]]

    def nearest(self, word: str) -> str:
        """The name most like a word; of what is one with several meanings, these."""
        key = key_of(word)
        if key in self.several:
            return "、".join(self.several[key])
        close = get_close_matches(key, self.codes, n=1, cutoff=0)
        return self.names[self.codes[close[0]]]


CODES = FigureNames({code: code for code in METRICS}, {code: code for code in METRICS}, {})
"""How formulas are kept: in codes alone."""


def key_of(text: str) -> str:
    """A name without what people write differently: blanks, width, capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().replace("÷", "/")


def read_formula(
    text: str, words: FigureNames, earlier: Mapping[str, Formula | None] | None = None
) -> Formula:
    """What a metric or a formula says, over metrics and the columns that stand `earlier`, by the
    key of their headings; a column that stands later, or is this one, is None there. Raises
    `Refused` with the word that is not understood and the nearest that is."""
    key = key_of(text)
    reader = _FormulaReader(key.removeprefix("="), words, earlier or {})
    formula = reader.formula(is_formula=key.startswith("="))
    _check_measures(formula, words)
    return formula


class _FormulaReader:
    """Reads a formula from left to right."""

    def __init__(
        self, text: str, words: FigureNames, earlier: Mapping[str, Formula | None]
    ) -> None:
        self._text, self._words, self._earlier = text, words, earlier
        self._names = sorted({*words.codes, *words.several, *earlier}, key=len, reverse=True)
        self._at = 0

    def formula(self, *, is_formula: bool) -> Formula:
        if not is_formula:
            return self._named(self._text)
        over = self._side()
        under = self._side() if self._takes("/") else ()
        if not under:
            over = self._sum(over)
        percent = self._takes("%")
        if self._at < len(self._text) or (percent and not under):
            raise _unclear(self._text[self._at :] or "%")
        if not under and self._divided is not None:
            return self._divided
        return Formula(over, under, percent)

    @property
    def _divided(self) -> Formula | None:
        """A column with a division that is meant by its heading, alone."""
        formula = self._earlier.get(self._text)
        return formula if formula is not None and formula.under else None

    def _side(self) -> tuple[Term, ...]:
        if not self._takes("("):
            return self._operand()
        terms = self._sum(self._side())
        if not self._takes(")"):
            raise _unclear(self._text[self._at :] or "(")
        return terms

    def _sum(self, first: tuple[Term, ...]) -> tuple[Term, ...]:
        terms = list(first)
        while sign := next((mark for mark in _SIGNS if self._takes(mark)), ""):
            more = self._side()
            terms += [Term(term.code, term.sign * _SIGNS[sign]) for term in more]
        if len(terms) > LONGEST:
            raise Refused(
                "formula.long",
                gettext_noop("A formula has at most %(most)s figures."),
                most=LONGEST,
            )
        return tuple(terms)

    def _operand(self) -> tuple[Term, ...]:
        rest = self._text[self._at :]
        name = next((one for one in self._names if rest.startswith(one)), "")
        end = next((place for place, sign in enumerate(rest) if sign in _MARKS), len(rest))
        word = name if len(name) >= end else rest[:end]
        if not word:
            raise _unclear(rest or self._text)
        formula = self._named(word)
        self._at += len(word)
        if formula.under and word != self._text:
            raise Refused(
                "formula.of-share",
                gettext_noop("“%(word)s” is a share, and shares cannot be added or divided."),
                word=word,
            )
        return formula.over

    def _named(self, word: str) -> Formula:
        if self._earlier.get(word) is not None:
            formula = self._earlier[word]
            assert formula is not None
            return formula
        if word in self._words.codes:
            return metric_formula(self._words.codes[word])
        if word in self._earlier:
            raise Refused(
                "formula.circular",
                gettext_noop("“%(word)s” is this column or one behind it: use those before it."),
                word=word,
            )
        raise Refused(
            "formula.unknown",
            gettext_noop("“%(word)s” is no figure. Do you mean “%(nearest)s”?"),
            word=word,
            nearest=self._words.nearest(word),
        )

    def _takes(self, mark: str) -> bool:
        takes = self._text.startswith(mark, self._at)
        self._at += takes
        return takes


def _unclear(text: str) -> Refused:
    return Refused(
        "formula.unclear",
        gettext_noop(
            "“%(text)s” is not understood. Write =A+B−C, =A/B, =(A+B)/C, with a percent sign "
            "behind for a share."
        ),
        text=text,
    )


def _check_measures(formula: Formula, words: FigureNames) -> None:
    """Hours and numbers are not added up, and days waited are no part of a formula."""
    if formula.metric is not None:
        return
    for terms in (formula.over, formula.under):
        measures = {METRICS[term.code].measure for term in terms}
        if Measure.EARLIEST in measures or len(measures) > 1:
            names = "、".join(dict.fromkeys(words.names[term.code] for term in terms))
            raise Refused(
                "formula.measures",
                gettext_noop("%(names)s are not counted alike, and cannot be added up."),
                names=names,
            )


def _measure(terms: tuple[Term, ...]) -> Measure:
    return METRICS[terms[0].code].measure


def _added(terms: tuple[Term, ...], figures: Mapping[str, int]) -> int:
    return sum(term.sign * figures.get(term.code, 0) for term in terms)


def _number(terms: tuple[Term, ...], figure: int) -> float:
    return figure / _MINUTES if _measure(terms) is Measure.MINUTES else figure


def _side(terms: tuple[Term, ...], names: Mapping[str, str], *, alone: bool) -> str:
    text = "".join(_signed(terms, names))
    return text if alone or len(terms) == 1 else f"({text})"


def _signed(terms: tuple[Term, ...], names: Mapping[str, str]) -> Iterator[str]:
    for place, term in enumerate(terms):
        sign = "-" if term.sign < 0 else "+" if place else ""
        yield f"{sign}{names[term.code]}"
