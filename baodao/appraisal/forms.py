"""What people type about cards: an opinion, a reason, an objection, an event."""

from django import forms
from django.utils.translation import gettext_lazy as _

from baodao.appraisal.rules.life import OBJECTION, OCCASION, OPINION
from baodao.kernel.lives import MOST_WORDS
from baodao.ui.fields import CalendarDay


class OpinionForm(forms.Form):
    """The unit's opinion."""

    opinion = forms.CharField(
        label=_("Opinion of the unit"),
        max_length=OPINION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    """Why a card is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MOST_WORDS,
        help_text=_("The unit and the person read it."),
    )


class ObjectionForm(forms.Form):
    """What is wrong on one's own card."""

    text = forms.CharField(
        label=_("What is wrong, and how should it be?"),
        max_length=OBJECTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ObjectionAnswerForm(forms.Form):
    """The community's answer to an objection."""

    answer = forms.CharField(
        label=_("Answer"), max_length=OBJECTION, widget=forms.Textarea(attrs={"rows": 4})
    )


class EventForm(forms.Form):
    """An important event, and the days the card is about."""

    occasion = forms.CharField(
        label=_("Important event"),
        max_length=OCCASION,
        help_text=_("As it is to stand on the card, for example: flood duty in July."),
    )
    since = CalendarDay(label=_("From"))
    until = CalendarDay(label=_("Until"))
