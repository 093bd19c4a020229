"""A call-up, the answer to one, and a post, as people type them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.callups.models import CallUp
from baodao.callups.rules.callups import CallFacts
from baodao.callups.rules.supplies import SupplyFacts, SupplySide
from baodao.kernel import clock
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.kinds.forms import TimedForm
from baodao.offers.rules.offers import OfferFacts
from baodao.people.rules.choices import SPECIALTIES
from baodao.ui.choices import WordsField
from baodao.ui.fields import CalendarDay, TimeInput
from baodao.ui.wording import code_choices

TITLE, TEXT, SHORT = 30, 200, 100


class CallupForm(forms.Form):
    """Why, where, what and from when; and whom it calls: without a tick everybody here."""

    title = forms.CharField(
        label=gettext_lazy("Matter"),
        max_length=TITLE,
        help_text=gettext_lazy("In a few words, such as 防汛演练."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=TEXT)
    task = forms.CharField(label=gettext_lazy("What is to be done"), max_length=TEXT)
    spot = forms.CharField(label=gettext_lazy("Where to come to"), max_length=SHORT)
    on = CalendarDay(label=gettext_lazy("From which day"))
    begins = forms.TimeField(label=gettext_lazy("From what time"), widget=TimeInput())
    place_ids = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only in"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without a tick: everywhere here."),
    )
    unit_ids = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only members of"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = WordsField(
        choice=SPECIALTIES,
        folded=True,
        label=gettext_lazy("Only who knows"),
        max_length=SHORT,
        help_text=gettext_lazy("Without a word: whatever they know."),
    )

    def __init__(
        self,
        *args: Any,
        places: Mapping[int, str],
        units: Mapping[int, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, rows in (("place_ids", places), ("unit_ids", units)):
            if rows:
                self.fields[name].choices = list(rows.items())  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def facts(self) -> CallFacts:
        """What was typed, once the form is valid."""
        typed = dict(self.cleaned_data)
        ids = [*typed.pop("place_ids", []), *typed.pop("unit_ids", [])]
        starts_at = datetime.combine(typed.pop("on"), typed.pop("begins"), clock.ZONE)
        return CallFacts(starts_at=starts_at, target_ids=ids, **typed)


def call_known(call: CallUp) -> dict[str, object]:
    """A call-up as the form shows it."""
    words = {name: getattr(call, name) for name in ("title", "reason", "task", "spot", "skills")}
    targets = list(call.targets.values_list("organisation", "organisation__kind"))
    starts = clock.local(call.starts_at)
    return {
        **words,
        "on": starts.date(),
        "begins": starts.time(),
        "place_ids": [pk for pk, kind in targets if kind != "unit"],
        "unit_ids": [pk for pk, kind in targets if kind == "unit"],
    }


class WindowForm(forms.Form):
    """From when until when one can come; left empty it is from the beginning until the end."""

    on = CalendarDay(label=gettext_lazy("I can come from"), required=False)
    begins = forms.TimeField(
        label=gettext_lazy("From what time"), widget=TimeInput(), required=False
    )
    until_on = CalendarDay(label=gettext_lazy("I can stay until"), required=False)
    ends = forms.TimeField(
        label=gettext_lazy("Until what time"), widget=TimeInput(), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Who fills in nothing has said nothing; for the whole time there is a button."""
        typed = super().clean() or self.cleaned_data
        if not self.errors and not any(typed.values()):
            words = gettext("Fill in from when or until when; for the whole time tap “I can come”.")
            raise forms.ValidationError(words)
        for day, hour in (("on", "begins"), ("until_on", "ends")):
            if typed.get(hour) is not None and not typed.get(day) and day not in self.errors:
                self.add_error(day, gettext("Say on which day this is."))
        return typed

    def window(self) -> dict[str, datetime | None]:
        """Both instants, None where no day was typed; a day without a time is a whole one."""
        typed = self.cleaned_data
        on, until = typed.get("on"), typed.get("until_on")
        return {
            "free_from": _instant(on, typed.get("begins"), on),
            "free_until": _instant(until, typed.get("ends"), until and until + timedelta(days=1)),
        }


def _instant(day: date | None, hour: time | None, whole: date | None) -> datetime | None:
    """An hour of a day; without an hour the midnight at which `whole` begins."""
    if day is None or whole is None:
        return None
    return datetime.combine(day, hour, clock.ZONE) if hour is not None else clock.midnight(whole)


class PostForm(TimedForm):
    """A shift with its places; `community_id` is where it is, and who keeps its list. Nobody is
    asked for its kind of service in an emergency: the call-up says it."""

    community_id = forms.TypedChoiceField(label=gettext_lazy("Community"), coerce=int)
    field_order: tuple[str, ...] = ("title", "community_id", "on", "begins", "ends", "places")

    def __init__(self, *args: Any, communities: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, kind=ACTIVITY, categories={}, organisers={}, **options)
        self.fields["title"].label = gettext_lazy("Name of the post")
        self.fields["community_id"].choices = list(communities.items())  # type: ignore[attr-defined]
        for name in ("category", "organiser", "approval", "text"):
            del self.fields[name]

    def offer_facts(self) -> OfferFacts:
        """What was typed of the shift, once the form is valid. Raises `Refused`."""
        typed = self.shared()
        typed.pop("community_id")
        return OfferFacts(kind=self.kind, category="", **typed)


class SupplyForm(forms.Form):
    """A line of the supply ledger."""

    side = forms.ChoiceField(
        label=gettext_lazy("In or out"), choices=lambda: code_choices(SupplySide)
    )
    item = forms.CharField(label=gettext_lazy("Thing"), max_length=30)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=7, decimal_places=1, min_value=0
    )
    unit = forms.CharField(
        label=gettext_lazy("Measured in"), max_length=10, help_text=gettext_lazy("Such as 箱, 袋.")
    )
    party = forms.CharField(label=gettext_lazy("From or to whom"), max_length=60)
    remark = forms.CharField(label=gettext_lazy("Remark"), max_length=TEXT, required=False)

    def facts(self) -> SupplyFacts:
        """What was typed, once the form is valid."""
        typed = dict(self.cleaned_data)
        return SupplyFacts(side=SupplySide(typed.pop("side")), **typed)
