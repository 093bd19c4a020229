"""What is typed in the fields of forms, read as the cells of a table are."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.kernel.errors import Refused
from baodao.spreadsheets.lengths import HOUR, MOST_HOURS, Unsaid, minutes_of
from baodao.spreadsheets.phones import kept_phone
from baodao.ui.wording import time_words, worded


class PhoneField(forms.CharField):
    """One telephone number, however it is typed; cleans to its digits, as `kept_phone` has them."""

    widget = forms.TextInput(attrs={"inputmode": "tel"})

    def __init__(self, *, max_length: int = 40, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value) or "")
        try:
            number = kept_phone(typed)
        except Refused as refused:
            raise forms.ValidationError(worded(refused)) from refused
        self.validate(number)
        return number


class LengthField(forms.CharField):
    """A length of time as people say it, of `least` to `most` minutes; cleans to minutes."""

    def __init__(self, *, least: int = 1, most: int = MOST_HOURS * HOUR, **options: Any) -> None:
        self.least, self.most = least, most
        options.setdefault("help_text", gettext_lazy("Such as 1小时30分 or 45分钟."))
        super().__init__(max_length=20, **options)

    def prepare_value(self, value: Any) -> Any:
        """Minutes that are known as one would type them; what was typed as it is."""
        return time_words(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Whole minutes; None for nothing where nothing may be said."""
        text = super().clean(value)
        if not text:
            return None
        try:
            minutes = minutes_of(text, self.least, self.most)
        except Unsaid as unsaid:
            message = gettext("Hours or minutes? Write %(number)s小时 or %(number)s分钟.")
            raise forms.ValidationError(message % {"number": text.strip()}) from unsaid
        if minutes is None:
            raise forms.ValidationError(gettext("Write the time like 1.5 小时, 90 分钟 or 1:30."))
        if not self.least <= minutes <= self.most:
            bounds = {"least": time_words(self.least), "most": time_words(self.most)}
            raise forms.ValidationError(gettext("Write %(least)s to %(most)s.") % bounds)
        return minutes
