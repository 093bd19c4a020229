"""The lists of notices, messages and complaints, and to whom a complaint goes."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.notices.models import Channel, Complaint, Delivery, Notice
from baodao.notices.queries.channels import deliveries
from baodao.notices.queries.notices import notices_to, sentence_of
from baodao.notices.queries.pending import unread, with_closed
from baodao.notices.rules.catalogue import KINDS, kinds_of, topics_in_use
from baodao.notices.rules.deliveries import FAILURES, Failure
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ancestors, places
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.people.queries.members import own_membership
from baodao.ui.listing import Column, Filter, Spec
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import filled


def notices_for(request: ActorRequest) -> tuple[QuerySet[Notice], ActorRequest, Spec]:
    """What was told to oneself as a member, and to the organisation acted for."""
    return notices_to(request.actor, request.acting), request, notices_spec()


def _unread(rows: QuerySet[Notice], _value: str) -> QuerySet[Notice]:
    return unread(rows)


def _about(rows: QuerySet[Notice], topic: str) -> QuerySet[Notice]:
    return rows.filter(kind__in=kinds_of(topic))


def notices_spec() -> Spec:
    """Newest first; the row of `notices/row.html`."""
    topics = [(topic.value, gettext_lazy(topic.words)) for topic in topics_in_use()]
    return Spec(
        title=_("Notices"),
        columns=(
            Column(_("Notice"), sentence_of),
            Column(_("When"), lambda row: clock.local(row.show_at), "at", ("show_at",)),
        ),
        order=("-show_at",),
        filters=(
            Filter("topic", _("Topic"), topics, _about),
            Filter("unread", _("State"), [("1", _("unread"))], _unread),
        ),
        reads=("kind", "facts", "url", "show_at", "read_at"),
        describes=with_closed,
        empty=_("Nothing has been told to you yet."),
        empty_hint=_("What concerns you appears here by itself; there is nothing to do."),
    )


def topic_of(notice: Notice) -> str:
    """The topic of a notice in the reader's language."""
    return gettext(KINDS[notice.kind].topic.words)


def deliveries_spec() -> Spec:
    """What was said on a channel, newest first."""
    return Spec(
        title=_("Messages"),
        columns=(
            Column(
                _("When"),
                lambda row: clock.local(row.sent_at or row.next_at or row.planned_at),
                "at",
                ("planned_at",),
            ),
            Column(_("What"), _contents),
            Column(_("State"), lambda row: row.get_state_display()),
            Column(_("Attempts"), lambda row: row.attempts, numeric=True),
            Column(_("Last error"), failure_of),
        ),
        order=("-planned_at",),
        empty=_("Nothing has been said on this channel yet."),
        empty_hint=_("Send a test message to see whether it arrives."),
    )


def _contents(row: Any) -> str:
    if row.test:
        return gettext("Test message")
    return ngettext("%(count)s notice", "%(count)s notices", row.held) % {"count": row.held}


def failure_of(row: Delivery) -> str:
    """Why a message did not leave, in plain words; "" when it did."""
    if not row.failure:
        return ""
    return filled(FAILURES[Failure(row.failure)], {"answer": row.answer})


def deliveries_of(channel: Channel) -> QuerySet[Delivery]:
    """The messages of a channel with how many notices each `held`."""
    return deliveries(channel).annotate(held=Count("notices"))


def _with_state(rows: QuerySet[Complaint], state: str) -> QuerySet[Complaint]:
    if state == "late":
        return rows.filter(answered_at=None, due_on__lt=clock.today())
    return rows.filter(answered_at__isnull=state == "open")


def _state(row: Complaint) -> str:
    if row.answered_at:
        return gettext("answered")
    return gettext("late") if row.due_on < clock.today() else gettext("open")


def complaints_spec() -> Spec:
    """The open ones first, by the day on which they are due."""
    return Spec(
        title=_("Complaints and suggestions"),
        columns=(
            Column(
                _("Text"),
                lambda row: row.text[:80],
                url=lambda row: reverse("notices:answer", args=[row.pk]),
            ),
            Column(_("Responsible"), lambda row: row.organisation.name),
            Column(
                _("Received"), lambda row: clock.local(row.created_at).date(), "at", ("created_at",)
            ),
            Column(_("Answer by"), lambda row: row.due_on, "due", ("due_on",)),
            Column(_("State"), _state),
        ),
        order=("answered_at", "due_on"),
        search=lambda rows, text: rows.filter(
            Q(text__contains=text) | Q(code__iexact=text) | Q(organisation__name__contains=text)
        ),
        search_hint=_("Words of the text, or its code"),
        filters=(
            Filter(
                "state",
                _("State"),
                [("open", _("open")), ("late", _("late")), ("answered", _("answered"))],
                _with_state,
            ),
        ),
        empty=_("Nobody has complained or suggested anything."),
        export=list_file,
    )


def place_of(request: ActorRequest) -> Organisation:
    """Who answers what is said here; refused before a city has been set up."""
    place = nearest_place(request)
    if place is None:
        raise Refused("site.empty", gettext_noop("No city has been set up on this site yet."))
    return place


def nearest_place(request: ActorRequest) -> Organisation | None:
    """One's own community, the authority above a unit, or the authority that runs the site."""
    own = own_membership(request.actor)
    near: Organisation | None = request.acting
    if near is None and own is not None:
        near = own.person.home_community or own.branch
    if near is not None:
        above = [place for place in ancestors(near) if place.kind in PLACES]
        if above:
            return above[-1]
    return places(Kind.CITY).order_by("path").first()
