"""A wish as people type it."""

from django import forms
from django.utils.translation import gettext_lazy

from baodao.offers.kinds.forms import ScheduledForm
from baodao.offers.rules.situations import Situation
from baodao.ui.wording import code_questions


class WishForm(ScheduledForm):
    """A wish says for whom it is, in words that name nobody."""

    situation = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("Everybody reads it; write no name in the title or the text."),
    )
    field_order = ("title", "situation", "category", "text", "schedule")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["situation"].choices = code_questions(Situation)  # type: ignore[attr-defined]
