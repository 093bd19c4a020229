"""Putting right what others may put right at the same time: whoever saves second decides."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Generic, TypeVar
from uuid import UUID

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.journal import timeline
from baodao.kernel.locks import lock

R = TypeVar("R", bound=Model)
CARRIED = "before"
"""The name under which a form carries what it showed."""


class Forerunner(Enum):
    """Who changed meanwhile what a form shows: what is said of it, and at each field."""

    OTHERS = (
        gettext_noop(
            "Somebody else changed this meanwhile, and nothing is saved yet. Look at what is "
            "marked, and save again."
        ),
        gettext_noop("Somebody else changed this meanwhile to “%(value)s”."),
    )
    ONESELF = (
        gettext_noop(
            "You changed this yourself in another window meanwhile, and nothing is saved here yet. "
            "Look at what is marked, and save again."
        ),
        gettext_noop("You changed this yourself in another window to “%(value)s”."),
    )
    SOMEBODY = (
        gettext_noop(
            "This was changed meanwhile, and nothing is saved yet. Look at what is marked, and "
            "save again."
        ),
        gettext_noop("This was changed meanwhile to “%(value)s”."),
    )


class Outdated(Refused):
    """What a form shows was changed meanwhile."""

    def __init__(self, first: Forerunner) -> None:
        super().__init__("edit.outdated", first.value[0])


class Edit(Generic[R]):
    """A form that puts right the `values` of a row, by the names of its fields.

    The form carries what it showed; when it is saved that is compared with the row as it is then.
    The row is held from there on, so it is to be the first that the act itself holds; `about` is
    of what the journal tells, where that is another.
    """

    def __init__(
        self,
        form: forms.Form,
        row: R,
        values: Callable[[R], Mapping[str, object]],
        about: UUID | None = None,
    ) -> None:
        self.form, self._row, self._values = form, row, values
        self._about = about or (row.pk if isinstance(row.pk, UUID) else UUID(int=row.pk))
        form.initial = {**form.initial, **values(row)}

    def check_present(self, actor: Actor) -> None:
        """Hold the row until the transaction ends; raises `Outdated` when a value is no longer the
        one that the form showed.

        The form then shows what was typed, in a field that was left alone the present value, and
        at each field that another changed what it is now; sent again like this, it is in order.
        """
        row = lock(type(self._row)._base_manager.all(), self._row.pk)
        self.form.initial = {**self.form.initial, **self._values(row)}
        before = self._before()
        changed = [bound for bound in self.form if before.get(bound.name, []) != _as_sent(bound)]
        if changed or self._unasked(before):
            first = self._forerunner(actor)
            self._catch_up(changed, before, gettext(first.value[1]))
            raise Outdated(first)

    def _unasked(self, before: Mapping[str, list[str]]) -> bool:
        """Whether something was typed in a field that the form has no more, since another has
        settled meanwhile what it asked."""
        sent: MultiValueDict[str, Any] = MultiValueDict()
        sent.update(self.form.data)
        return any(sent.getlist(name) != before[name] for name in before.keys() - self.form.fields)

    def _forerunner(self, actor: Actor) -> Forerunner:
        """Whose acts the journal has of the row since the form was made, as its id tells; of a
        form without one, whose the last is."""
        acts = timeline(self._about)
        form_id = self._form_id()
        recent = acts.filter(id__gt=form_id) if form_id else acts.reverse()[:1]
        own = {act.account_id == actor.account_id for act in recent}
        if len(own) != 1:
            return Forerunner.SOMEBODY
        return Forerunner.ONESELF if own.pop() else Forerunner.OTHERS

    def _form_id(self) -> UUID | None:
        """The id with which the form was made, later than those of all acts before."""
        try:
            return UUID(self.form.data.get("client_id", ""))
        except ValueError:
            return None

    def _catch_up(
        self, changed: Sequence[BoundField], before: Mapping[str, list[str]], message: str
    ) -> None:
        sent: MultiValueDict[str, Any] = MultiValueDict()
        sent.update(self.form.data)
        for bound in changed:
            if sent.getlist(bound.html_name) == before.get(bound.name, []):
                sent.setlist(bound.html_name, _as_sent(bound))
        sent[CARRIED] = self._present()
        self.form.data = sent
        self.form.full_clean()
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
