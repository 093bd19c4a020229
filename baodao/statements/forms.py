"""What people type about a service: day, hour, time, kind, way, place, result; reasons, answers."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.kernel import clock
from baodao.kernel.lives import MOST_WORDS
from baodao.ledger.queries.categories import kinds_in
from baodao.ledger.rules.days import YEARS_BEFORE_ASKING, years_before
from baodao.ledger.rules.records import Entry, Way
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import choice_name
from baodao.spreadsheets.fields import LengthField
from baodao.statements.rules.disputes import DISPUTE, WORDS
from baodao.ui.fields import CalendarDay, DateInput, TimeInput
from baodao.ui.forms import AnotherForm
from baodao.ui.wording import code_choices

PLACE = 200


class ServiceForm(forms.Form):
    """One service; `kinds` is the organisation whose dictionary of kinds holds."""

    served_on = CalendarDay(label=gettext_lazy("Day of service"))
    began = forms.TimeField(
        label=gettext_lazy("Hour at which it began"),
        required=False,
        widget=TimeInput(),
        help_text=gettext_lazy("Leave empty when nobody knows it any more."),
    )
    minutes = LengthField(
        label=gettext_lazy("Time served"),
        help_text=gettext_lazy("For example 1.5 小时 or 90 分钟, without travel."),
    )
    category = forms.ChoiceField(label=gettext_lazy("Kind of service"))
    way = forms.ChoiceField(label=gettext_lazy("Way of service"), initial=Way.ACTIVITY)
    place = forms.CharField(
        label=gettext_lazy("Place of service"), max_length=PLACE, required=False
    )
    result = forms.CharField(label=gettext_lazy("What was done"), max_length=PLACE, required=False)

    long_ago = forms.BooleanField(
        label=gettext_lazy("The day is right: it is more than a year ago"), required=False
    )

    def __init__(self, *args: Any, kinds: Organisation, kept: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if not self._tells_long_ago():
            del self.fields["long_ago"]
        category: Any = self.fields["category"]
        category.choices = [("", gettext("Choose")), *kinds_in(kinds, kept)]
        self.fields["way"].choices = code_choices(Way)  # type: ignore[attr-defined]

    def _day(self) -> date | None:
        """The day that was typed; None where none was, or none that can be read."""
        typed = DateInput().value_from_datadict(self.data, self.files, self.add_prefix("served_on"))
        try:
            day: date | None = CalendarDay().to_python(typed)
        except forms.ValidationError:
            return None
        return day

    def _tells_long_ago(self) -> bool:
        """Whether the day that was typed lies so far back that it is asked about."""
        day = self._day()
        return day is not None and day < years_before(clock.today(), YEARS_BEFORE_ASKING)

    def clean_long_ago(self) -> bool:
        """Asked before anything is recorded: whoever mistyped the year sees it here."""
        if not self.cleaned_data["long_ago"]:
            raise forms.ValidationError(
                gettext_lazy("This day is more than a year ago. Check the year, or tick this.")
            )
        return True

    def entry(self, person_id: UUID) -> Entry:
        """What was typed, as a service of one person."""
        typed = self.cleaned_data
        began = typed["began"]
        return Entry(
            person_id=person_id,
            served_on=typed["served_on"],
            minutes=typed["minutes"],
            category=typed["category"],
            way=typed["way"],
            began_at=datetime.combine(typed["served_on"], began, clock.ZONE) if began else None,
            place=typed["place"].strip(),
            result=typed["result"].strip(),
            long_ago=typed.get("long_ago", False),
        )


class EnterForm(ServiceForm, AnotherForm):
    """At the window: the same service of several persons, ticked or told by number; `same_day` are
    their other services of a day."""

    numbers = forms.CharField(
        label=gettext_lazy("Volunteer numbers of members registered elsewhere"),
        required=False,
        max_length=PLACE,
        help_text=gettext_lazy("In full, with spaces between several."),
    )

    field_order = ("numbers",)

    def __init__(
        self, *args: Any, same_day: Callable[[date], Sequence[str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        day = self._day()
        self.ask(same_day(day) if day else ())

    @property
    def typed_numbers(self) -> list[str]:
        """The numbers that were typed."""
        return numbers_in(self.cleaned_data["numbers"])


def numbers_in(text: str) -> list[str]:
    """The volunteer numbers of a text, with spaces or commas between them."""
    return text.replace("、", " ").replace("，", " ").replace(",", " ").upper().split()


class CorrectForm(ServiceForm):
    """What the record should have said, and why it is put right."""

    reason = forms.CharField(label=gettext_lazy("Why it is corrected"), max_length=MOST_WORDS)


class StateForm(ServiceForm, AnotherForm):
    """What a member did, and where; `same_day` are their other services of a day. Where it was
    `offered`, the offer has decided for which community and in which way."""

    community = forms.TypedChoiceField(label=gettext_lazy("Community"), coerce=int)

    field_order = ("community",)

    def __init__(
        self,
        *args: Any,
        communities: list[Organisation],
        same_day: Callable[[date], Sequence[str]],
        kept: str = "",
        offered: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, kinds=communities[0], kept=kept, **options)
        for name in ("community", "way"):
            self.fields[name].disabled = offered
        day = self._day()
        self.ask(same_day(day) if day else ())
        rows = [(row.pk, choice_name(row)) for row in communities]
        self.fields["community"].choices = rows  # type: ignore[attr-defined]
        kinds = {code: label for row in communities for code, label in kinds_in(row, kept)}
        choices = [("", gettext("Choose")), *kinds.items()]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]


class RecordReasonForm(forms.Form):
    """Why: read by the person it is about."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=MOST_WORDS)


class DisputeForm(forms.Form):
    """What is wrong with a record, in the member's words."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DisputeAnswerForm(forms.Form):
    """What came of an objection."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=lambda: code_choices(DISPUTE.over),
        widget=forms.RadioSelect(),
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )


class SheetForm(forms.Form):
    """The period of a record sheet."""

    since = CalendarDay(label=gettext_lazy("First day"))
    until = CalendarDay(label=gettext_lazy("Last day"))
