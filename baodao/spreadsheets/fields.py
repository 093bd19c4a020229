"""What is typed in the fields of forms, read as the cells of a table are."""

from typing import Any

from django import forms

from baodao.kernel.errors import Refused
from baodao.spreadsheets.phones import kept_phone
from baodao.ui.wording import worded


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
