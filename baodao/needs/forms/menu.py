"""What stands on the menu, as it is typed; and what is written beside an order."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.needs.forms.needs import CollectForm
from baodao.needs.forms.residents import AskForm
from baodao.needs.models import MenuItem
from baodao.needs.rules.menu import (
    ABOUT,
    MOST_WEEKLY,
    NOTES,
    SCHEDULE,
    SERVED_BY,
    TITLE,
    MenuFacts,
    order_text,
)
from baodao.needs.rules.requests import NeedFacts
from baodao.ui.wording import question_choices


class MenuForm(forms.Form):
    """One service for residents to order."""

    title = forms.CharField(
        label=gettext_lazy("What is served"),
        max_length=TITLE,
        help_text=gettext_lazy("As it stands on the button, such as 上门理发."),
    )
    category = forms.ChoiceField(label=gettext_lazy("Kind of service"))
    schedule = forms.CharField(
        label=gettext_lazy("When, and how often"),
        max_length=SCHEDULE,
        help_text=gettext_lazy("In words, such as 每周三下午."),
    )
    weekly = forms.IntegerField(
        label=gettext_lazy("Orders in a week, at most"), min_value=1, max_value=MOST_WEEKLY
    )
    served_by = forms.CharField(
        label=gettext_lazy("Who serves"), max_length=SERVED_BY, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("What residents should know"),
        max_length=ABOUT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, categories: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = partial(question_choices, categories)  # type: ignore[attr-defined]

    def facts(self) -> MenuFacts:
        """What was typed, once the form is valid."""
        return MenuFacts(**self.cleaned_data)


def item_known(item: MenuItem) -> dict[str, object]:
    """What stands on the menu as the form shows it."""
    return {name: getattr(item, name) for name in MenuForm.base_fields}


def _notes() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Anything to add? When suits you?"),
        max_length=NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("May stay empty."),
    )


class OrderForm(AskForm):
    """What a resident orders from the menu; nothing need be typed."""

    text = _notes()
    urgency = None  # type: ignore[assignment]

    def __init__(self, *args: Any, item: MenuItem, **options: Any) -> None:
        self.item = item
        super().__init__(*args, **options)
        self.fields["place"].help_text = gettext(
            "For example: building 3, entrance 2. Please say it when somebody shall come to you."
        )

    def _words(self) -> str:
        return order_text(self.item.title, super()._words(), self.item.schedule)

    def facts(self) -> NeedFacts:
        return replace(super().facts(), item_id=self.item.pk)


class CollectOrderForm(CollectForm):
    """An order as a worker takes it down at the window, by telephone or in the grid."""

    text = _notes()
    category = None  # type: ignore[assignment]

    def __init__(self, *args: Any, item: MenuItem, **options: Any) -> None:
        self.item = item
        super().__init__(*args, **options)
        self.fields["place"].help_text = gettext(
            "For example: building 3, entrance 2. Please say it when somebody shall come to you."
        )

    def _words(self) -> str:
        return order_text(self.item.title, super()._words(), self.item.schedule)

    def facts(self) -> NeedFacts:
        return self._facts(category=self.item.category, item_id=self.item.pk)
