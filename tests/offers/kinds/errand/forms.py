"""An errand as people type it."""

from django import forms

from baodao.offers.kinds.forms import ScheduledForm


class ErrandForm(ScheduledForm):
    """An errand says to which floor."""

    floor = forms.IntegerField(label="Floor", min_value=1)
