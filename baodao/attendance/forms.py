"""Who came and for how long, and a day's service, as people type them."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.attendance.queries.lines import TypedSheet
from baodao.attendance.rules.check_ins import CheckSide
from baodao.attendance.rules.effects import EffectGrade
from baodao.attendance.rules.lines import MOST_LINES, SpotLine
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.rules.records import DAY_MINUTES
from baodao.spreadsheets.fields import LengthField
from baodao.ui.fields import CalendarDay
from baodao.ui.wording import code_choices, worded

LONG = 200
MOST_TYPED = 20_000
LAST_SECOND = 2**40
WHO = ({"code"}, {"name", "tail"})
"""By what a line says of whom it is."""


def minutes_field() -> LengthField:
    """How long it was, once for everybody."""
    return LengthField(label=gettext_lazy("Time served, without travel"), most=DAY_MINUTES)


class RollForm(forms.Form):
    """How long it was, which needs were met by it, and whether more will come; where somebody
    checked in and out (`by_code`), whether that says how long."""

    minutes = minutes_field()
    met_ids = forms.MultipleChoiceField(
        label=gettext_lazy("Needs met by it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    by_code = forms.BooleanField(
        label=gettext_lazy("Who checked in and out served for as long as that"), required=False
    )
    more = forms.BooleanField(
        label=gettext_lazy("Leave the list open for latecomers"), required=False
    )

    def __init__(self, *args: Any, needs: Mapping[str, str], by_code: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not by_code:
            del self.fields["by_code"]
        if needs:
            self.fields["met_ids"].choices = list(needs.items())  # type: ignore[attr-defined]
        else:
            del self.fields["met_ids"]


class MissedForm(forms.Form):
    """How long those served who are added to a closed list."""

    minutes = minutes_field()


class AttendanceSheetForm(forms.Form):
    """The rows of a paper sheet in one field; `reading` says what is written in it."""

    rows = forms.CharField(
        label=gettext_lazy("Codes with times, one row after the other"),
        help_text=gettext_lazy(
            "Such as “AB3DE-5FGHJ 9:00 11:30”. Where no time is written, the beginning counts."
        ),
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, reading: Callable[[str], TypedSheet], **options: Any) -> None:
        super().__init__(*args, **options)
        self._reading = reading

    def clean(self) -> dict[str, Any]:
        """The lines of the sheet; each row that is not understood is named by its place, and what
        was typed stays where the list is closed meanwhile."""
        text = self.cleaned_data.pop("rows", "")
        try:
            sheet = self._reading(text)
        except Refused as closed:
            raise forms.ValidationError(worded(closed)) from closed
        for row, refused in sheet.faults:
            place = gettext("Row %(place)s, %(code)s: %(reason)s")
            facts = {"place": row.place, "code": row.code, "reason": worded(refused)}
            self.add_error(None, place % facts)
        return {"lines": sheet.lines}


def lines_of(text: str) -> list[SpotLine]:
    """The lines that a phone delivers, as JSON; refused when they are not those of our page."""
    try:
        sent = json.loads(text)
        lines = [_line_of(line) for line in sent]
    except (KeyError, RecursionError, TypeError, ValueError) as error:
        raise _unreadable() from error
    if len(lines) > MOST_LINES:
        raise _unreadable()
    return lines


def _line_of(sent: Mapping[str, Any]) -> SpotLine:
    """One line as JSON has it; raises what Python raises for what is none."""
    times = (sent["at"], sent["ahead"])
    words: dict[str, Any] = {name: sent.get(name) for name in ("code", "name", "tail")}
    texts = [word for word in words.values() if word is not None]
    if not all(type(time) is int and abs(time) < LAST_SECOND for time in times):
        raise ValueError("times")
    if not all(type(text) is str and len(text) < LONG for text in (sent["id"], *texts)):
        raise ValueError("words")
    if b"\0" in "".join(texts).encode():
        raise ValueError("no text")
    if {name for name, word in words.items() if word is not None} not in WHO:
        raise ValueError("who")
    line_id = UUID(sent["id"])
    side, (at, ahead) = CheckSide(sent["side"]), times
    return SpotLine(line_id, side, at, ahead, label=str(line_id), **words)


def _unreadable() -> Refused:
    return Refused(
        "line.unreadable",
        gettext_noop(
            "What the phone sent could not be read. Tick who came on the page of the list."
        ),
    )


class DayForm(forms.Form):
    """One day's service."""

    on = CalendarDay(label=gettext_lazy("Day"))
    minutes = minutes_field()
    result = forms.CharField(label=gettext_lazy("Result"), max_length=LONG, required=False)


class CheckInForm(forms.Form):
    """Coming or going, as the button that was tapped says, and whose page it stood on."""

    key = forms.CharField(max_length=LONG, widget=forms.HiddenInput)
    side = forms.TypedChoiceField(
        choices=[(side.value, side.words) for side in CheckSide],
        coerce=CheckSide,
        widget=forms.HiddenInput,
    )


class EffectForm(forms.Form):
    """How well an activity worked, and why that is said anew."""

    grade = forms.ChoiceField(label=gettext_lazy("Effect"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why it changes"),
        help_text=gettext_lazy("Only where it was graded before."),
        required=False,
        max_length=LONG,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["grade"].choices = code_choices(EffectGrade)  # type: ignore[attr-defined]
