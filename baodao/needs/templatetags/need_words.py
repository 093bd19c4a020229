"""Categories of needs in the reader's words, and their age."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django import template

from baodao.kernel import clock
from baodao.ui.wording import word_of

register = template.Library()
T = TypeVar("T")


@register.filter
def called(code: str, words: Mapping[str, str]) -> str:
    """What a category is called where the page belongs."""
    return word_of(words, code)


@register.filter
def need_days(instant: datetime) -> int:
    """How old a need is, in days."""
    return clock.days_since(instant)


@register.filter
def of(values: Mapping[UUID, T], pk: UUID) -> T | None:
    """What a mapping holds of one row."""
    return values.get(pk)
