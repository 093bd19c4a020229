"""Tags of every page: the client's id, a form's field, the bar of shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.forms import Select as SelectInput
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from baodao.kernel import clock
from baodao.kernel.ids import new_id
from baodao.ui import facts as journal_facts
from baodao.ui.addresses import row_url
from baodao.ui.cells import tick, tick_box
from baodao.ui.choices import DaysWidget, WordsWidget
from baodao.ui.fields import NameChoice, NameField, NameTree, opener_of
from baodao.ui.guards import search_hint
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import Numbered, person_label, row_label, time_words, word_of

register = template.Library()
register.simple_tag(tick)
register.simple_tag(tick_box)
register.simple_tag(row_url)
register.filter(person_label)
register.filter(row_label)
T = TypeVar("T")
OFFERED = 12
"""Rows offered below a field in which one is named; who wants another writes more of its name."""
KINDS = ("done", "waiting", "delayed")
_CHECKED = mark_safe(" checked")


@register.simple_tag
def client_id() -> SafeString:
    """The hidden id that makes a double tap of this form harmless."""
    return format_html('<input type="hidden" name="client_id" value="{}">', new_id())


@register.simple_tag
def tick_all(form: str, *, checked: bool = False) -> SafeString:
    """The head of a column of ticks: one box for all rows of the form with the id `form`."""
    return format_html(
        '<th scope="col" class="choose"><label class="tick"><input class="form-check-input" '
        'type="checkbox"{} data-check-all="{}" aria-label="{}"></label></th>',
        _CHECKED if checked else "",
        form,
        gettext("Choose all on this page"),
    )


@register.simple_tag
def tick_list(form: str, count: int) -> SafeString:
    """One box for all rows of the list, of this page and of the others, however they are ticked;
    it belongs to the form with the id `form` and says how many they are."""
    words = ngettext("%(count)s row of this list", "All %(count)s rows of this list", count)
    return format_html(
        '<label class="form-check align-self-center m-0"><input class="form-check-input" '
        'type="checkbox" name="all" value="1" form="{}" data-all-of="{}" data-count="{}">'
        '<span class="form-check-label">{}</span></label>',
        form,
        form,
        count,
        words % {"count": count},
    )


@register.simple_tag
def who(person: Numbered) -> SafeString:
    """A person among others to choose from: names repeat, so the volunteer number stands by."""
    return format_html('{} <span class="quiet">{}</span>', person.name, person.number)


@register.simple_tag(takes_context=True)
def people_hint(context: Context) -> str:
    """By what people are searched, in a field that stands outside a list."""
    return search_hint(context["request"], gettext("Name, pinyin initials"))


@register.simple_tag(takes_context=True, name="search_hint")
def hint(context: Context) -> str:
    """By what everything is searched, in the field of the header and of its page."""
    return search_hint(context["request"], gettext("Name, pinyin initials, words"))


@register.filter
def act(verb: str) -> str:
    """A verb of the journal in the reader's words."""
    return pgettext("journal", verb)


@register.filter
def actor(name: str) -> str:
    """Who acted, as the journal names them, in the reader's words."""
    return journal_facts.actor_words(name)


@register.filter
def told_facts(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """The facts of an entry of the journal in the reader's words, each with its name."""
    return journal_facts.told_facts(facts)


@register.filter
def called(code: str, words: Mapping[str, str]) -> str:
    """What a code is called by these message ids."""
    return word_of(words, code)


@register.filter
def of(values: Mapping[UUID, T], pk: UUID) -> T | None:
    """What a mapping holds of one row."""
    return values.get(pk)


@register.filter
def days_since(instant: datetime | None) -> int:
    """How many days something has waited, by the calendar."""
    return clock.days_since(instant) if instant else 0


@register.filter
def waited(instant: datetime | None) -> str:
    """How long something waits, in words: today, 3 days."""
    days = days_since(instant)
    if not days:
        return gettext("since today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


@register.filter
def time_served(minutes: int) -> str:
    """A length of time in a sentence: 8 小时 30 分钟."""
    return time_words(minutes)


@dataclass(frozen=True)
class Part:
    """A piece of a bar, in per cent of its width."""

    kind: str
    x: str
    width: str


@register.inclusion_tag("ui/components/bar.html")
def bar(total: int, done: int, waiting: int = 0, delayed: int = 0) -> dict[str, object]:
    """A bar of `total`: green done, yellow waiting, blue delayed, grey the rest."""
    parts, start = [], 0.0
    for kind, number in zip(KINDS, (done, waiting, delayed), strict=True):
        width = min(100.0 - start, 100.0 * number / total) if total else 0.0
        if width:
            parts.append(Part(kind, f"{start:.2f}", f"{width:.2f}"))
        start += width
    return {"parts": parts, "label": f"{done} / {total}"}


@register.inclusion_tag("ui/components/field.html", takes_context=True)
def field(context: Context, bound: BoundField, *, bare: bool = False) -> dict[str, object]:
    """A form's field with its label, hint and error, tied together for those who listen; below one
    in which a row is named, those that the words can mean. It is `bare` where the row and the head
    of a table tell its label to those who see."""
    widget = bound.field.widget
    words = isinstance(widget, WordsWidget | DaysWidget)
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple) and not words
    choice = isinstance(widget, CheckboxInput)
    attributes: dict[str, str | bool] = {
        "class": f"{_css_class(bound)}{' is-invalid' if bound.errors else ''}"
    }
    described = [
        f"{bound.auto_id}_{what}"
        for what, there in (("hint", bound.help_text), ("error", bound.errors))
        if there
    ]
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if isinstance(bound.field, NameField):
        attributes |= _offering(context["request"], bound)
    if group:
        widget.attrs |= attributes
    return {
        "field": bound,
        "widget": None if group else bound.as_widget(attrs=attributes),
        "choice": choice,
        "group": group,
        "bare": bare,
        "words": words,
        "naming": _naming(context["request"], bound)
        if isinstance(bound.field, NameField)
        else None,
    }


def _offering(request: ActorRequest, bound: BoundField) -> dict[str, str | bool]:
    """What lets the page offer rows while one types: it is asked for itself, and of the answer the
    list alone is taken."""
    place = f"#{bound.auto_id}_rows"
    return {
        "hx-get": request.get_full_path(),
        "hx-trigger": "input changed delay:200ms",
        "hx-target": place,
        "hx-select": place,
        "hx-swap": "outerHTML",
        "hx-sync": "this:replace",
        "data-rows": f"{bound.auto_id}_rows",
    }


@dataclass(frozen=True)
class Naming:
    """What is offered below a field in which a row is named: the words, and the rows that they can
    mean; or the tree, once it is opened. `opener` is what a button sends with the code of a place,
    `way` the address that opens one where a page has scripts, to which the code is added."""

    words: str
    candidates: Sequence[NameChoice]
    more: bool
    way: str
    opener: str
    tree: NameTree | None = None


def _naming(request: ActorRequest, bound: BoundField) -> Naming:
    """The words are those that are being typed, or were sent in vain."""
    words = ""
    if request.htmx.trigger_name == bound.html_name:
        words = request.GET.get(bound.html_name, "")
    elif bound.errors:
        words = str(bound.value() or "")
    field = bound.field
    assert isinstance(field, NameField)
    rows = field.find.candidates(words, OFFERED + 1)
    query, opener = request.GET.copy(), opener_of(bound.html_name)
    opened = request.POST.get(opener, query.get(opener))
    query.pop(opener, None)
    way = f"?{query.urlencode()}{'&' if query else ''}{opener}="
    tree = field.find.tree(opened) if opened is not None and not words else None
    return Naming(words, rows[:OFFERED], len(rows) > OFFERED, way, opener, tree)


def _css_class(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, SelectInput) and not isinstance(widget, FileInput):
        return "form-select"
    return "form-control"
