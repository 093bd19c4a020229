"""A policy as it is written: fields for the common shapes, the text for everything; its trial."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.kernel.phrases import Number
from baodao.policies.queries.wording import misprint_lines
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.grammar import RuleSet, WindowSpan
from baodao.policies.rules.guided import GuidedLine, GuidedPolicy, GuidedSteps
from baodao.policies.rules.measures import DeedKind, SubjectKind
from baodao.policies.rules.reading import MOST_CHARACTERS, Misprints
from baodao.policies.rules.samples import MOST_TIMES, Sample, samples_of
from baodao.ui.wording import code_choices

LINES, STEPS = range(1, 7), range(1, 6)
PERIODS = (WindowSpan.YEAR, WindowSpan.HALF_YEAR, WindowSpan.QUARTER, WindowSpan.MONTH)
EVERY = (WindowSpan.PERIOD, *PERIODS[1:], WindowSpan.TEN_DAYS, WindowSpan.WEEK)
TIMES, HOURS = "times", "hours"
COUNTED_IN = [(TIMES, _("times")), (HOURS, _("hours"))]


def _spans(spans: tuple[WindowSpan, ...]) -> list[tuple[str, str]]:
    return [(one.value, gettext(one.words)) for one in spans]


def _kinds() -> list[tuple[str, str]]:
    return [("", "—"), *code_choices(DeedKind)]


def _choice(label: Any, choices: Any, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required)


class PolicyTextForm(forms.Form):
    """The text. What is wrong in it stands below, a line each."""

    text = forms.CharField(
        label=_("Text of the policy"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea({"rows": 22, "spellcheck": "false", "class": "font-monospace"}),
    )

    def clean_text(self) -> str:
        """The text, which can be applied."""
        text: str = self.cleaned_data["text"]
        try:
            read_policy(text)
        except Misprints as misprints:
            raise forms.ValidationError(misprint_lines(misprints)) from misprints
        return text


class GuidedForm(forms.Form):
    """The common shapes. What is written in its fields becomes a text."""

    name = forms.CharField(label=_("Name of the policy"), max_length=200)
    source = forms.CharField(label=_("Which document says so"), max_length=200, required=False)
    subject = _choice(_("Of whom it speaks"), partial(code_choices, SubjectKind), required=True)
    period = _choice(_("The time that is looked at"), partial(_spans, PERIODS), required=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for at in LINES:
            self.fields |= {
                f"kind_{at}": _choice(_("What counts"), _kinds),
                f"least_{at}": _number(_("At least")),
                f"unit_{at}": _choice(_("Counted in"), COUNTED_IN),
                f"every_{at}": _choice(_("In each"), partial(_spans, EVERY)),
            }
        self.fields |= {
            "steps_kind": _choice(_("Points for"), _kinds),
            "steps_each": _number(_("Points for each")),
            "steps_hour": _number(_("Points for each hour")),
            "steps_most": _number(_("At most a month")),
            "steps_are_stars": forms.BooleanField(
                label=_("What is reached is a star"), required=False
            ),
        }
        for at in STEPS:
            self.fields |= {
                f"grade_{at}": forms.CharField(
                    label=_("Grade or star"), max_length=40, required=False
                ),
                f"from_{at}": _number(_("From so many points on")),
            }

    @property
    def lines(self) -> list[list[BoundField]]:
        """The lines of what is asked."""
        names = ("kind", "least", "unit", "every")
        return [[self[f"{name}_{at}"] for name in names] for at in LINES]

    @property
    def points(self) -> list[BoundField]:
        """How points are earned."""
        return [self[f"steps_{one}"] for one in ("kind", "each", "hour", "most", "are_stars")]

    @property
    def steps(self) -> list[list[BoundField]]:
        """The grades or stars."""
        return [[self[f"{name}_{at}"] for name in ("grade", "from")] for at in STEPS]

    def clean(self) -> dict[str, Any]:
        """What is typed as a policy of the common shapes."""
        cleaned = super().clean() or {}
        lines, steps = tuple(self._lines(cleaned)), self._steps(cleaned)
        if not lines and steps is None and not self.errors:
            self.add_error("kind_1", gettext("Say what counts and how much is asked of it."))
        if self.errors:
            return {}
        subject, period = SubjectKind(cleaned["subject"]), WindowSpan(cleaned["period"])
        policy = GuidedPolicy(cleaned["name"], cleaned["source"], subject, period, lines, steps)
        return {"policy": policy}

    def _lines(self, cleaned: Mapping[str, Any]) -> Iterator[GuidedLine]:
        for at in LINES:
            kind, least = cleaned.get(f"kind_{at}"), cleaned.get(f"least_{at}")
            if not kind and least is None:
                continue
            if not kind or least is None:
                missing = "least" if kind else "kind"
                self.add_error(f"{missing}_{at}", gettext("Fill this in, or empty the line."))
                continue
            is_hours = cleaned[f"unit_{at}"] == HOURS
            every = WindowSpan(cleaned[f"every_{at}"] or WindowSpan.PERIOD)
            yield GuidedLine(DeedKind(kind), _exact(least), is_hours, every)

    def _steps(self, cleaned: Mapping[str, Any]) -> GuidedSteps | None:
        steps: list[tuple[str, Number]] = []
        for at in STEPS:
            grade, least = cleaned.get(f"grade_{at}"), cleaned.get(f"from_{at}")
            if bool(grade) != (least is not None):
                missing = "from" if grade else "grade"
                self.add_error(f"{missing}_{at}", gettext("Fill this in, or empty the line."))
            elif grade and least is not None:
                steps.append((grade, _exact(least)))
        kind = cleaned.get("steps_kind")
        each, hour = (_exact(cleaned.get(f"steps_{one}") or 0) for one in ("each", "hour"))
        if not kind and not steps:
            return None
        if not kind or not (each or hour):
            field = "steps_each" if kind else "steps_kind"
            self.add_error(field, gettext("Say for what there are points, and how many."))
            return None
        if not steps:
            self.add_error("grade_1", gettext("Write at least one grade or star."))
            return None
        typed, are_stars = cleaned.get("steps_most"), cleaned["steps_are_stars"]
        most = None if typed is None else _exact(typed)
        return GuidedSteps(DeedKind(kind), each, hour, most, tuple(steps), are_stars)


def _number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=100_000, decimal_places=2
    )


def _exact(number: Decimal | int) -> Number:
    whole = Fraction(number)
    return whole.numerator if whole.denominator == 1 else whole


class SampleForm(forms.Form):
    """The invented example: how many of each thing that the policy counts, how long each."""

    def __init__(self, rules: RuleSet, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._samples = samples_of(rules)
        for one in self._samples:
            self.fields[f"times_{one.kind}"] = forms.IntegerField(
                label=gettext(one.kind.words), min_value=0, max_value=MOST_TIMES
            )
            self.fields[f"minutes_{one.kind}"] = forms.IntegerField(
                label=gettext("Minutes each"), min_value=0, max_value=24 * 60
            )

    @property
    def lines(self) -> list[list[BoundField]]:
        """A line for each thing."""
        return [[self[f"times_{one.kind}"], self[f"minutes_{one.kind}"]] for one in self._samples]

    @property
    def samples(self) -> dict[DeedKind, Sample]:
        """What is written; what cannot be read is nothing."""
        typed = self.cleaned_data if self.is_valid() else {}
        rows = {}
        for one in self._samples:
            names = (f"times_{one.kind}", f"minutes_{one.kind}")
            times, minutes = map(typed.get, names, (one.times, one.minutes))
            rows[one.kind] = Sample(one.kind, times, minutes)
        return rows
