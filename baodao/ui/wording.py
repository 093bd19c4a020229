"""A sentence with facts, or a refusal, in the reader's language."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from baodao.kernel.errors import Refused


def filled(message: str, facts: Mapping[str, object]) -> str:
    """The message id translated, its places filled; facts that are message ids themselves are
    translated too, and days are written out."""
    sentence = gettext(message)
    return sentence % {key: _shown(value) for key, value in facts.items()} if facts else sentence


def _shown(value: object) -> object:
    if isinstance(value, date):
        return date_format(value)
    return gettext(value) if isinstance(value, str) and value else value


def worded(refused: Refused) -> str:
    """What is wrong and what to do."""
    return filled(refused.message, refused.facts)
