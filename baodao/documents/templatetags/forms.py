"""Filters with which templates draw the filled blocks of a form, and codes of addresses, values."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from baodao.documents import qr
from baodao.documents.html import beside, heads, pieces, pieces_of, shares

register = template.Library()
register.filter("beside", beside)
register.filter("heads", heads)
register.filter("pieces", pieces)
register.filter("pieces_of", pieces_of)
register.filter("shares", shares)


@register.filter
def address_code(path: str) -> SafeString:
    """The QR of one of our own addresses as a drawing that can be read on dark pages too."""
    drawn = qr.code(f"{settings.PUBLIC_URL}{path}")
    return mark_safe(qr.svg(drawn, qr.QUIET))  # noqa: S308 drawn by us


@register.filter
def value_code(value: str) -> SafeString:
    """The QR of a value of a list, beside which it stands on paper."""
    return mark_safe(qr.svg(qr.code(value)))  # noqa: S308 drawn by us
