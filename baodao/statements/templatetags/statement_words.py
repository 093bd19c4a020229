"""Lengths of time, kinds of service and sheets in the reader's words."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.documents.rules import number_text
from baodao.kernel import clock
from baodao.kernel.masks import masked_name
from baodao.ledger.models import ServiceRecord
from baodao.statements.models import RecordSheet, Statement
from baodao.statements.queries.words import Kinds
from baodao.ui.wording import filled, time_words

register = template.Library()


@register.filter
def time_served(minutes: int) -> str:
    """1 小时 30 分钟."""
    return time_words(minutes)


@register.filter
def day_near(instant: datetime) -> str:
    """Today, yesterday, or the day."""
    day = clock.local(instant).date()
    words = {0: gettext("today"), 1: gettext("yesterday")}
    return words.get((clock.today() - day).days) or date_format(day)


@register.simple_tag
def kind_of(row: ServiceRecord | Statement, kinds: Kinds | None = None) -> str:
    """The kind of a record in its community's words; `kinds` remembers them for a page."""
    return (kinds or Kinds()).of(row)


@register.filter
def partly_hidden(name: str) -> str:
    """A name of which a stranger sees the first character only."""
    return masked_name(name)


@register.filter
def sheet_number(sheet: RecordSheet) -> str:
    """〔2026〕017号."""
    return number_text(sheet.year, sheet.number)


@register.filter
def problem_words(problem: Mapping[str, object]) -> str:
    """What is wrong with a row of a table, and what to do."""
    facts = problem["facts"]
    return filled(str(problem["message"]), facts if isinstance(facts, Mapping) else {})
