"""Putting right what others may put right at the same time: whoever saves second decides."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock

R = TypeVar("R", bound=Model)
CARRIED = "before"
"""The name under which a form carries what it showed."""


class Outdated(Refused):
    """Somebody else changed meanwhile what a form shows."""

    def __init__(self) -> None:
        super().__init__(
            "edit.outdated",
            gettext_noop(
                "Somebody else changed this meanwhile, and nothing is saved yet. Look at what is "
                "marked, and save again."
            ),
        )


class Edit(Generic[R]):
    """A form that puts right the `values` of a row, by the names of its fields.

    The form carries what it showed; when it is saved that is compared with the row as it is then.
    The row is held from there on, so it is to be the first that the act itself holds.
    """

    def __init__(
        self, form: forms.Form, row: R, values: Callable[[R], Mapping[str, object]]
    ) -> None:
        self.form, self._row, self._values = form, row, values
        form.initial = {**form.initial, **values(row)}

    def check_present(self) -> None:
        """Hold the row until the transaction ends; raises `Outdated` when a value is no longer the
        one that the form showed.

        The form then shows what was typed, in a field that was left alone the present value, and
        at each field that another changed what it is now; sent again like this, it is in order.
        """
        row = lock(type(self._row)._base_manager.all(), self._row.pk)
        self.form.initial = {**self.form.initial, **self._values(row)}
        before = self._before()
        changed = [bound for bound in self.form if before.get(bound.name, []) != _as_sent(bound)]
        if changed:
            self._catch_up(changed, before)
            raise Outdated

    def _catch_up(self, changed: Sequence[BoundField], before: Mapping[str, list[str]]) -> None:
        sent: MultiValueDict[str, Any] = MultiValueDict()
        sent.update(self.form.data)
        for bound in changed:
            if sent.getlist(bound.html_name) == before.get(bound.name, []):
                sent.setlist(bound.html_name, _as_sent(bound))
        sent[CARRIED] = self._present()
        self.form.data = sent
        self.form.full_clean()
        message = gettext("Somebody else changed this meanwhile to “%(value)s”.")
        for bound in changed:
            self.form.add_error(bound.name, message % {"value": words_of(bound)})

    @property
    def carried(self) -> SafeString:
        """The hidden input with what the form shows."""
        value = self.form.data.get(CARRIED) or self._present()
        return format_html('<input type="hidden" name="{}" value="{}">', CARRIED, value)

    def _present(self) -> str:
        values = {bound.name: _as_sent(bound) for bound in self.form}
        return json.dumps(values, ensure_ascii=False)

    def _before(self) -> dict[str, list[str]]:
        """What the form showed; of a form that does not say it, what is there now."""
        try:
            return dict(json.loads(self.form.data[CARRIED]))
        except (KeyError, ValueError, TypeError):
            return {bound.name: _as_sent(bound) for bound in self.form}


def _as_sent(bound: BoundField) -> list[str]:
    """What a browser sends of a field that shows its present value."""
    value = bound.field.prepare_value(bound.form.get_initial_for_field(bound.field, bound.name))
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    formatted = bound.field.widget.format_value(value)
    texts = formatted if isinstance(formatted, list | tuple) else [formatted or ""]
    return [str(text) for text in texts]


def words_of(bound: BoundField) -> str:
    """The present value of a field as people read it."""
    texts = _as_sent(bound)
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return gettext("Yes") if texts else gettext("No")
    if isinstance(bound.field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in bound.field.widget.choices}
        texts = [labels.get(text, text) for text in texts]
    return "、".join(text for text in texts if text) or gettext("nothing")
