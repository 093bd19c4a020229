"""The lists as people type them: a resource, a need's units, a project, a claim and its time."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel import clock
from baodao.kernel.choice_lists import ChoiceList
from baodao.offers.kinds.forms import HoursForm
from baodao.offers.models import Offer
from baodao.resources.rules.lists import (
    MOST_TIMES,
    MOST_UNITS,
    SHORT,
    TEXT,
    TITLE,
    BookedTime,
    ProjectFacts,
    ResourceFacts,
)
from baodao.resources.rules.lives import ResourceReach
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.wording import code_choices, span_words

EXCERPT = 40


def _long(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=TEXT, required=False, widget=area)


def _short(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=SHORT, required=False, help_text=hint)


class ResourceForm(forms.Form):
    """What a unit says of a resource."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of resource"))
    title = forms.CharField(label=gettext_lazy("What it is"), max_length=TITLE)
    text = _long(gettext_lazy("More about it"))
    schedule = _short(
        gettext_lazy("When it can be had"), gettext_lazy("In words, such as 每周六 9:00–17:00.")
    )
    amount = _short(gettext_lazy("How much"), gettext_lazy("Such as 80 个座位, 1 辆."))
    conditions = _short(gettext_lazy("Conditions"))
    contact_name = forms.CharField(label=gettext_lazy("Contact for it"), max_length=TITLE)
    contact_phone = PhoneField(label=gettext_lazy("Telephone"))
    reach = forms.ChoiceField(label=gettext_lazy("Who may claim it"))

    def __init__(self, *args: Any, kinds: ChoiceList, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(word, word) for word in kinds.words]  # type: ignore[attr-defined]
        self.fields["reach"].choices = code_choices(ResourceReach)  # type: ignore[attr-defined]

    def facts(self) -> ResourceFacts:
        """What was typed, once the form is valid."""
        return ResourceFacts(**self.cleaned_data)


class BookingForm(HoursForm):
    """When a community wants a resource, and what for."""

    need = forms.ChoiceField(label=gettext_lazy("For a need on our list"), required=False)
    words = _short(gettext_lazy("What for"))

    def __init__(self, *args: Any, calls: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(call.need_id), call.need.text[:EXCERPT]) for call in calls]
        self.fields["need"].choices = [("", "—"), *rows]  # type: ignore[attr-defined]
        if not rows:
            del self.fields["need"]


class OtherTimeForm(HoursForm):
    """Another time at which a resource can be had."""


def booked(form: HoursForm) -> BookedTime:
    """The time that was typed, once the form is valid. Raises `Refused`."""
    return BookedTime(*form.hours())


class UnitsForm(forms.Form):
    """How many units a need wants."""

    units = forms.IntegerField(
        label=gettext_lazy("Units wanted"),
        min_value=1,
        max_value=MOST_UNITS,
        help_text=gettext_lazy("A hard need is taken on by several together."),
    )


class ClaimWordsForm(forms.Form):
    """What a claim says beside what it claims."""

    words = _short(gettext_lazy("What we can do"))


class ProjectForm(forms.Form):
    """A project of a year."""

    title = forms.CharField(label=gettext_lazy("Project of the year"), max_length=TITLE)
    text = _long(gettext_lazy("What is to be reached"))
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)
    activities = forms.IntegerField(
        label=gettext_lazy("Activities it means to have"),
        min_value=1,
        max_value=MOST_TIMES,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        this = clock.today().year
        self.fields["year"].choices = [(year, str(year)) for year in (this, this + 1)]  # type: ignore[attr-defined]

    def facts(self) -> ProjectFacts:
        """What was typed, without the year, once the form is valid."""
        typed = self.cleaned_data
        return ProjectFacts(typed["title"], typed["text"], typed["activities"])


class ActivityForm(forms.Form):
    """Which offer counts for a project."""

    offer = forms.TypedChoiceField(label=gettext_lazy("Activity"), coerce=UUID)

    def __init__(self, *args: Any, offers: Iterable[Offer], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(row.pk), offer_line(row)) for row in offers]
        self.fields["offer"].choices = rows  # type: ignore[attr-defined]


def offer_line(row: Offer) -> str:
    """An offer among others of its name: when it is, where, and who organises it."""
    on = span_words(row.starts_at, row.ends_at) if row.starts_at and row.ends_at else row.schedule
    return " · ".join(filter(None, (row.title, on, row.place, row.organiser.name)))
