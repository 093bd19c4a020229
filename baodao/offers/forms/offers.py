"""Offers, their hours and reasons, what was served, and the month's theme, as people type them."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel import clock
from baodao.offers.models import Offer
from baodao.offers.rules import OfferKind
from baodao.offers.rules.lives import OfferState
from baodao.offers.rules.offers import MOST_WANTED, OfferFacts
from baodao.orgs.models import Organisation
from baodao.ui.fields import DateInput, TimeInput
from baodao.ui.wording import choices_of

TITLE, TEXT, SHORT, LONG = 60, 500, 100, 200
DAY_MINUTES = 24 * 60


class OfferForm(forms.Form):
    """What both kinds share. Cleans to `OfferFacts` by `facts`."""

    title = forms.CharField(label=gettext_lazy("What is offered"), max_length=TITLE)
    category = forms.ChoiceField(label=gettext_lazy("Kind of service"))
    text = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(label=gettext_lazy("Where"), max_length=SHORT, required=False)
    wanted = forms.IntegerField(
        label=gettext_lazy("People wanted"), min_value=1, max_value=MOST_WANTED
    )
    specialties = forms.CharField(
        label=gettext_lazy("Helpful specialties"),
        max_length=SHORT,
        required=False,
        help_text=gettext_lazy("Members who know this are shown it first; nobody is excluded."),
    )
    organiser = forms.TypedChoiceField(
        label=gettext_lazy("Organised by"), coerce=int, empty_value=None, required=False
    )

    kind = ""

    def __init__(
        self,
        *args: Any,
        categories: Mapping[str, str],
        organisers: Mapping[int, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = partial(choices_of, categories)  # type: ignore[attr-defined]
        choices = [(str(key), name) for key, name in organisers.items()]
        self.fields["organiser"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> OfferFacts:
        """What was typed, once the form is valid."""
        told = dict(self.cleaned_data)
        return OfferFacts(kind=self.kind, organiser_id=told.pop("organiser"), **told)


class PostForm(OfferForm):
    """服务岗位."""

    schedule = forms.CharField(
        label=gettext_lazy("When it serves"),
        max_length=SHORT,
        required=False,
        help_text=gettext_lazy("In words, such as 每周六 9:00–11:00."),
    )
    approval = forms.BooleanField(
        label=gettext_lazy("Claims wait for our approval"), required=False, initial=True
    )
    field_order = ("title", "category", "text", "schedule", "place", "wanted", "specialties")
    kind = OfferKind.POST


class HoursForm(forms.Form):
    """The day of an activity, from when to when; one day at a time."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    begins = forms.TimeField(label=gettext_lazy("Starts"), widget=TimeInput())
    ends = forms.TimeField(label=gettext_lazy("Ends"), widget=TimeInput())

    def hours(self) -> tuple[datetime, datetime]:
        """Both instants, once the form is valid."""
        told = self.cleaned_data
        return (
            datetime.combine(told["on"], told["begins"], clock.ZONE),
            datetime.combine(told["on"], told["ends"], clock.ZONE),
        )


class ActivityForm(OfferForm, HoursForm):
    """主题活动."""

    approval = forms.BooleanField(
        label=gettext_lazy("Claims wait for our approval"), required=False
    )
    field_order = (
        *("title", "category", "text", "on", "begins", "ends"),
        *("place", "wanted", "specialties", "organiser", "approval"),
    )
    kind = OfferKind.ACTIVITY

    def facts(self) -> OfferFacts:
        told = dict(self.cleaned_data)
        for name in ("on", "begins", "ends"):
            told.pop(name)
        starts_at, ends_at = self.hours()
        organiser = told.pop("organiser")
        return OfferFacts(
            kind=self.kind, organiser_id=organiser, starts_at=starts_at, ends_at=ends_at, **told
        )


FIXED = frozenset({"on", "begins", "ends", "approval"})
FORMS: dict[str, type[OfferForm]] = {OfferKind.POST: PostForm, OfferKind.ACTIVITY: ActivityForm}


def known(offer: Offer) -> dict[str, object]:
    """An offer as the form shows it."""
    names = ("title", "category", "text", "place", "wanted", "specialties", "schedule", "approval")
    told: dict[str, object] = {name: getattr(offer, name) for name in names}
    told["organiser"] = offer.organiser_id
    return told | hours_known(offer)


def fix(form: OfferForm, offer: Offer) -> None:
    """Of a published offer hours and approval stand; they are shown, not asked."""
    if offer.state == OfferState.PUBLISHED:
        for name in FIXED & form.fields.keys():
            form.fields[name].disabled = True


def hours_known(offer: Offer) -> dict[str, object]:
    """The hours of an activity as the form shows them; nothing for a post."""
    if offer.starts_at is None or offer.ends_at is None:
        return {}
    begins, ends = clock.local(offer.starts_at), clock.local(offer.ends_at)
    return {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}


def names_of(organisations: list[Organisation]) -> dict[int, str]:
    """Organisations as choices."""
    return {row.pk: row.name for row in organisations}


class WhyForm(forms.Form):
    """Why: those concerned read it."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONG)


class CloseForm(forms.Form):
    """Closing: a word if one likes, and which needs were met by it."""

    reason = forms.CharField(label=gettext_lazy("Note"), max_length=LONG, required=False)
    met_ids = forms.MultipleChoiceField(
        label=gettext_lazy("Needs met by it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, needs: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        if needs:
            self.fields["met_ids"].choices = list(needs.items())  # type: ignore[attr-defined]
        else:
            del self.fields["met_ids"]


class RollForm(CloseForm):
    """How long it was, once for everybody, which needs were met, and whether more will come."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes served, without travel"), min_value=1, max_value=DAY_MINUTES
    )
    more = forms.BooleanField(
        label=gettext_lazy("Leave the list open for latecomers"), required=False
    )
    field_order = ("minutes", "met_ids", "more")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["reason"]


class ServedForm(forms.Form):
    """One day's service in a post."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes served, without travel"), min_value=1, max_value=DAY_MINUTES
    )
    result = forms.CharField(label=gettext_lazy("Result"), max_length=LONG, required=False)


class ThemeForm(forms.Form):
    """What a month is about."""

    title = forms.CharField(
        label=gettext_lazy("Theme of the month"), max_length=TITLE, required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=LONG, required=False)
