"""The button with which a member claims, one on each card of a long list."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from baodao.agenda.queries.suggestions import Fit
from baodao.ui.addresses import row_url
from baodao.ui.templatetags.ui import client_id

register = template.Library()

_FORM = (
    '<form class="m-0{}" method="post" action="{}">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
    '<input type="hidden" name="back" value="{}">'
    '<button type="submit" class="btn btn-{}primary text-nowrap" aria-label="{}">{}</button></form>'
)


@register.simple_tag(takes_context=True)
def claim_button(context: Context, fit: Fit, *, primary: bool = False) -> SafeString:
    """For an offer that the reader may claim, or wait for; `primary` where it is the one next
    thing. Written here as cells are (`ui/cells.py`): a list has sixty."""
    if fit.free:
        word, label = gettext("Claim"), gettext("Claim %(title)s")
    else:
        word, label = gettext("Wait for a place"), gettext("Wait for a place in %(title)s")
    return format_html(
        _FORM,
        " w-100" if primary else "",
        row_url("agenda:claim", fit.offer.pk),
        context["csrf_token"],
        client_id(),
        context["request"].get_full_path(),
        "" if primary else "outline-",
        label % {"title": fit.offer.title},
        word,
    )
