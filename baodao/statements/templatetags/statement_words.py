"""Days, kinds of service and sheets in the reader's words."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import Kinds
from baodao.statements.models import Statement

register = template.Library()


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
