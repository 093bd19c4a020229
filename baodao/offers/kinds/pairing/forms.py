"""A pairing as people type it."""

from django import forms
from django.utils.translation import gettext_lazy

from baodao.offers.kinds.forms import ScheduledForm
from baodao.offers.kinds.pairing.kind import VisitRhythm
from baodao.offers.rules.situations import Situation
from baodao.ui.wording import code_choices, code_questions


class PairingForm(ScheduledForm):
    """A pairing says for whom it is, in words that name nobody, and how often they are visited."""

    situation = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("Everybody reads it; write no name in the title or the text."),
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("Visits"))
    field_order = ("title", "situation", "rhythm", "category", "text", "schedule")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["situation"].choices = code_questions(Situation)  # type: ignore[attr-defined]
        self.fields["rhythm"].choices = code_choices(VisitRhythm)  # type: ignore[attr-defined]
