"""What an authority asks, and what is answered."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.inquiries.rules.requests import (
    LONGEST_ANSWER,
    LONGEST_BASIS,
    LONGEST_LABEL,
    LONGEST_TITLE,
    MOST_QUESTIONS,
    RECEIVER_KINDS,
    RequestContent,
    RequestField,
    RequestFieldKind,
    check_questions,
    is_number,
)
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.moments import AsOf, periods_until, read_period
from baodao.kernel.spans import PeriodSpan, due_period
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.queries.own import metric_words
from baodao.reporttables.rules.declarations import RowsOf, TableDeclaration
from baodao.reporttables.rules.formulas import Formula, read_formula
from baodao.reporttables.rules.own import LONGEST_FORMULA, LONGEST_HEADING, OwnColumn
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import period_words, worded

USUAL_DAYS = 10
"""So many days to answer a form proposes."""
FIGURE_LINES = 6
_QUESTIONS, _FIGURES = range(1, MOST_QUESTIONS + 1), range(1, FIGURE_LINES + 1)


class DueForm(forms.Form):
    """Until when there is time to answer."""

    due_on = CalendarDay(label=_("Answer by"))


class ReceiverGroup(NamedTuple):
    """Receivers of one kind to tick; `whole` is whether all of them are."""

    words: str
    boxes: list[BoundWidget]
    whole: bool


class RequestForm(forms.Form):
    """What an authority asks: why, of whom, of which period, by when; figures by their names, which
    the system fills in, and the few fields that people fill in."""

    title = forms.CharField(label=_("Matter of the request"), max_length=LONGEST_TITLE)
    basis = forms.CharField(
        label=_("Basis"),
        max_length=LONGEST_BASIS,
        help_text=_("The document on which it rests, with its number."),
    )
    period = forms.ChoiceField(label=_("Of which period"))
    due_on = CalendarDay(label=_("Answer by"))
    table = forms.ChoiceField(
        label=_("Figures of a table"),
        required=False,
        help_text=_("The system fills them in; nobody types them."),
    )
    receivers = forms.MultipleChoiceField(
        label=_("Of whom"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        below: Sequence[Organisation],
        tables: Sequence[TableDeclaration],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        today = clock.today()
        self._tables = {one.code: one for one in tables if one.rows is RowsOf.BELOW}
        periods = periods_until(AsOf(clock.end_of(today), today))
        self._offer("period", [(one.text, period_words(one)) for one in periods])
        self.fields["period"].initial = due_period(PeriodSpan.QUARTER, today).text
        self.fields["due_on"].initial = today + timedelta(days=USUAL_DAYS)
        titles = [(code, one.title) for code, one in self._tables.items()]
        self._offer("table", [("", _("None")), *titles])
        self._kinds = [Kind(one.kind) for one in below]
        self._offer("receivers", [(str(one.pk), one.name) for one in below])
        for number in _FIGURES:
            figure = forms.CharField(label=_("Figure"), max_length=LONGEST_FORMULA, required=False)
            figure.widget.attrs["list"] = "figures"
            self.fields[f"figure_{number}"] = figure
        self.fields["figure_1"].widget.attrs["placeholder"] = _("Such as: Members in service")
        for number in _QUESTIONS:
            self.fields[f"label_{number}"] = forms.CharField(
                label=_("Field to fill in"), max_length=LONGEST_LABEL, required=False
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("What stands in it"),
                choices=[(one.value, _(one.words)) for one in RequestFieldKind],
                required=False,
            )
        self.fields["label_1"].widget.attrs["placeholder"] = _("Such as: Members in hardship")

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """Let these be chosen in a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def names(self) -> list[str]:
        """The names of figures that are offered while one types."""
        return sorted(metric_words().names.values())

    @property
    def receiver_kinds(self) -> list[ReceiverGroup]:
        """The receivers to tick, by what they are."""
        boxes = list(zip(self._kinds, self["receivers"].subwidgets, strict=True))
        by_kind = {kind: [box for of, box in boxes if of is kind] for kind in RECEIVER_KINDS}
        return [
            ReceiverGroup(gettext(kind.words), some, all(box.data["selected"] for box in some))
            for kind, some in by_kind.items()
            if some
        ]

    @property
    def everybody(self) -> bool:
        """Whether all of them are ticked."""
        groups = self.receiver_kinds
        return bool(groups) and all(group.whole for group in groups)

    @property
    def figure_lines(self) -> list[BoundField]:
        """The lines on which figures are named."""
        return [self[f"figure_{number}"] for number in _FIGURES]

    @property
    def question_lines(self) -> Iterator[tuple[int, BoundField, BoundField]]:
        """The lines of fields that people fill in."""
        for number in _QUESTIONS:
            yield number, self[f"label_{number}"], self[f"kind_{number}"]

    def clean(self) -> dict[str, Any]:
        """What is typed as the content of a request, in which every name is known."""
        cleaned = super().clean() or {}
        columns, questions = self._columns(cleaned), self._typed_questions(cleaned)
        if self.errors:
            return {}
        today = clock.today()
        content = RequestContent(
            cleaned["title"],
            cleaned["basis"],
            read_period(cleaned["period"], AsOf(clock.end_of(today), today)),
            cleaned["due_on"],
            tuple(int(one) for one in cleaned["receivers"]),
            columns,
            questions,
        )
        return {"content": content}

    def _columns(self, cleaned: dict[str, Any]) -> tuple[OwnColumn, ...]:
        """The figures of the table, and those that are named, each once."""
        columns: dict[Formula, OwnColumn] = {}
        declaration = self._tables.get(cleaned.get("table", ""))
        for one in declaration.columns if declaration else ():
            if one.formula is not None:
                heading = f"{one.group}{one.heading}"[:LONGEST_HEADING]
                columns.setdefault(one.formula, OwnColumn("", heading, one.formula))
        for number in _FIGURES:
            text = cleaned.get(f"figure_{number}", "")
            if not text:
                continue
            try:
                formula = read_formula(text, metric_words())
            except Refused as refused:
                self.add_error(f"figure_{number}", worded(refused))
                continue
            columns.setdefault(formula, OwnColumn("", text[:LONGEST_HEADING], formula))
        return tuple(columns.values())

    def _typed_questions(self, cleaned: dict[str, Any]) -> tuple[RequestField, ...]:
        lines = {number: cleaned.get(f"label_{number}", "") for number in _QUESTIONS}
        questions = {
            number: RequestField(label, RequestFieldKind(cleaned.get(f"kind_{number}") or "number"))
            for number, label in lines.items()
            if label
        }
        for number in questions:
            before = [one for at, one in questions.items() if at <= number]
            try:
                check_questions(before, metric_words())
            except Refused as refused:
                self.add_error(f"label_{number}", worded(refused))
                break
        return tuple(questions.values())


class AnswerForm(forms.Form):
    """The fields that only people know, who signs, and the version that this is."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, questions: Sequence[RequestField], **options: Any) -> None:
        super().__init__(*args, **options)
        self._questions = questions
        for number, one in enumerate(questions):
            field: forms.Field = forms.CharField(label=one.label, max_length=LONGEST_ANSWER)
            if is_number(one):
                field = forms.IntegerField(
                    label=one.label, min_value=0, help_text=_("A whole number; 0 where none.")
                )
            self.fields[f"answer_{number}"] = field
        self.fields["signer"] = forms.CharField(
            label=_("Signed by"),
            max_length=60,
            help_text=_("As it is to stand on the report."),
        )

    def clean(self) -> dict[str, Any]:
        """The answers by the labels of the fields."""
        cleaned = super().clean() or {}
        answers = {
            one.label: str(cleaned.get(f"answer_{number}", ""))
            for number, one in enumerate(self._questions)
        }
        return {
            "version": cleaned.get("version"),
            "answers": answers,
            "signer": cleaned.get("signer", ""),
        }
