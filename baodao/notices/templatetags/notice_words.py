"""Notices and channels in the reader's words."""

from django import template
from django.utils.translation import gettext

from baodao.notices.models import Channel, Notice
from baodao.notices.queries.notices import sentence_of
from baodao.notices.rules.catalogue import KINDS
from baodao.notices.rules.channels import CARRIER_NAMES

register = template.Library()


@register.filter
def sentence(notice: Notice) -> str:
    """What the notice says."""
    return sentence_of(notice)


@register.filter
def topic(notice: Notice) -> str:
    """What the notice is about."""
    return gettext(KINDS[notice.kind].topic.words)


@register.filter
def asks(notice: Notice) -> bool:
    """Whether the notice is a reminder, which can be ended beside it."""
    return KINDS[notice.kind].reminder


@register.filter
def carrier(channel: Channel) -> str:
    """What kind of channel it is."""
    return gettext(CARRIER_NAMES[channel.schema])


@register.filter
def worded(message: str) -> str:
    """A message id of the catalogue in the reader's language."""
    return gettext(message)
