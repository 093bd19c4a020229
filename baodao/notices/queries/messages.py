"""What a message to the outside says: the sentences of its notices, nobody's name, two links."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from baodao.kernel.errors import gettext_noop
from baodao.notices.models import Delivery, Notice
from baodao.notices.rules.catalogue import KINDS
from baodao.notices.rules.deliveries import digest
from baodao.ui.wording import filled

LEFT_OUT = {
    "name": gettext_noop("somebody"),
    "reason": gettext_noop("see the notice"),
    "resident": gettext_noop("somebody"),
    "words": gettext_noop("see the notice"),
}
"""Facts that do not leave the house, and what is said instead."""
SUBJECT = "报到 Baodao"


@dataclass(frozen=True)
class OutsideMessage:
    """Plain text, ready to be handed over."""

    subject: str
    body: str


def message_of(delivery: Delivery) -> OutsideMessage:
    """The message in the language of its account; of an organisation's channel in Chinese."""
    account = delivery.channel.account
    with translation.override(account.language if account else settings.LANGUAGE_CODE):
        lines = [_("This is a test message.")] if delivery.test else _sentences(delivery)
        body = [*lines, _open()] if delivery.test else [*lines, _open(), _end(delivery)]
        return OutsideMessage(SUBJECT, "\n".join(body))


def _open() -> str:
    return _("To open: %(url)s") % {"url": settings.PUBLIC_URL + reverse("notices:list")}


def _end(delivery: Delivery) -> str:
    url = settings.PUBLIC_URL + reverse("notices:off", args=[delivery.token])
    return _("No more of these: %(url)s") % {"url": url}


def _sentences(delivery: Delivery) -> list[str]:
    """One line a notice, those of one organisation below its name; cut to what a message holds."""
    rows = delivery.notices.select_related("organisation")
    lines: list[str] = []
    place = None
    for notice in rows.order_by("organisation__path", "show_at", "pk"):
        if notice.organisation and notice.organisation != place:
            place = notice.organisation
            lines.append(_("%(name)s:") % {"name": place.name})
        lines.append(outside_sentence_of(notice))
    return digest(lines, _("… and %(count)s lines more"))


def outside_sentence_of(notice: Notice) -> str:
    """The sentence without names of people and without reasons."""
    facts = {key: LEFT_OUT.get(key, value) for key, value in notice.facts.items()}
    return filled(KINDS[notice.kind].sentence, facts)
