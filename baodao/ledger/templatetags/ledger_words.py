"""Codes of the slice in the reader's words, lengths of time, kinds of service, and the code."""

from collections.abc import Mapping

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from baodao.documents import qr
from baodao.documents.rules import masked, number_text
from baodao.ledger.models import RecordSheet, ServiceRecord, Statement
from baodao.ledger.tables import Kinds, by_hand, time_words, word
from baodao.ui.wording import filled

register = template.Library()


@register.filter
def words(code: str, vocabulary: str) -> str:
    """What `code` is called, e.g. `{{ row.way|words:"way" }}`."""
    return word(code, vocabulary)


@register.filter
def time_served(minutes: int) -> str:
    """1 小时 30 分钟."""
    return time_words(minutes)


@register.simple_tag
def kind_of(row: ServiceRecord | Statement, kinds: Kinds | None = None) -> str:
    """The kind of a record in its community's words; `kinds` remembers them for a page."""
    return (kinds or Kinds()).of(row)


@register.filter
def entered_by_hand(row: ServiceRecord) -> bool:
    """Whether somebody entered it who was not the organiser on the spot."""
    return by_hand(row)


@register.filter
def partly_hidden(name: str) -> str:
    """A name of which a stranger sees the first character only."""
    return masked(name)


@register.filter
def sheet_number(sheet: RecordSheet) -> str:
    """〔2026〕017号."""
    return number_text(sheet.year, sheet.number)


@register.filter
def code_drawing(token: str) -> SafeString:
    """The code that opens somebody's records, as a drawing."""
    path = reverse("ledger:by_code", args=[token])
    drawing = qr.svg(qr.code(f"{settings.PUBLIC_URL}{path}"))
    return mark_safe(drawing)  # noqa: S308 drawn by us


@register.filter
def told(problem: Mapping[str, object]) -> str:
    """What is wrong with a row, in words."""
    facts = problem["facts"]
    return filled(str(problem["message"]), facts if isinstance(facts, Mapping) else {})


@register.filter
def format_name(ending: str) -> str:
    """What people call a file of this kind."""
    return {"pdf": "PDF", "docx": "Word", "html": gettext("Page")}[ending]
