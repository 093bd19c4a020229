"""A gathering and something to read, as people type them."""

from datetime import datetime
from functools import partial

from django import forms
from django.utils.translation import gettext_lazy

from baodao.gatherings.models import Gathering
from baodao.gatherings.rules.gatherings import (
    LINK,
    MATERIAL,
    SPOT,
    TEXT,
    TITLE,
    GatheringFacts,
    GatheringKind,
)
from baodao.kernel import clock
from baodao.ui.fields import CalendarDay, TimeInput
from baodao.ui.wording import code_choices


class GatheringForm(forms.Form):
    """Of which kind, what, when and where."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of gathering"), choices=partial(code_choices, GatheringKind)
    )
    title = forms.CharField(label=gettext_lazy("Its subject"), max_length=TITLE)
    on = CalendarDay(label=gettext_lazy("Day"))
    hour = forms.TimeField(label=gettext_lazy("Time of the meeting"), widget=TimeInput())
    spot = forms.CharField(label=gettext_lazy("Where"), max_length=SPOT)
    text = forms.CharField(
        label=gettext_lazy("What to bring or to read (if anything)"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def facts(self) -> GatheringFacts:
        """What was typed, once the form is valid."""
        typed = self.cleaned_data
        starts_at = datetime.combine(typed["on"], typed["hour"], tzinfo=clock.ZONE)
        kind = GatheringKind(typed["kind"])
        return GatheringFacts(kind, typed["title"], starts_at, typed["spot"], typed["text"])


def gathering_known(row: Gathering) -> dict[str, object]:
    """A gathering as its form shows it."""
    local = clock.local(row.starts_at)
    when = {"on": local.date(), "hour": local.time()}
    return {"kind": row.kind, "title": row.title, "spot": row.spot, "text": row.text, **when}


class MaterialForm(forms.Form):
    """A title, and a text or the address of one."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=TITLE)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=MATERIAL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    link = forms.CharField(
        label=gettext_lazy("Address of a page (if it stands elsewhere)"),
        max_length=LINK,
        required=False,
    )
