"""The lists of notices and complaints, and to whom a complaint goes."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.documents.rendering import list_workbook
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.notices.models import Complaint, Notice
from baodao.notices.queries import of_organisation, own_notices, sentence_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries import ancestors, places
from baodao.orgs.rules import PLACES, Kind
from baodao.people.queries.members import own_membership
from baodao.ui.listing import Column, Filter, Spec
from baodao.ui.requests import ActorRequest


def notices_for(request: ActorRequest) -> tuple[QuerySet[Notice], ActorRequest, Spec]:
    """What was told to oneself as a member, and to the organisation acted for."""
    place: Organisation | None = request.acting
    rows = own_notices(request.actor)
    if place and request.actor.may(Permission.REGISTRATION_READ, place.path):
        rows = rows | of_organisation(request.actor, place)
    return rows, request, notices_spec()


def _unread(rows: QuerySet[Notice], _value: str) -> QuerySet[Notice]:
    return rows.filter(read_at=None)


def notices_spec() -> Spec:
    """Newest first."""
    return Spec(
        title=_("Notices"),
        columns=(
            Column(_("Notice"), sentence_of, url=lambda row: row.url or None),
            Column(_("When"), lambda row: clock.local(row.show_at), "at", ("show_at",)),
            Column(_("State"), lambda row: gettext("read") if row.read_at else gettext("unread")),
        ),
        order=("-show_at",),
        filters=(Filter("unread", _("State"), [("1", _("unread"))], _unread),),
        empty=_("Nothing has been told to you yet."),
    )


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
        export=list_workbook,
    )


def place_of(request: ActorRequest) -> Organisation:
    """Who answers what is said here: one's own community, the authority above a unit, or the
    authority that runs the site."""
    own = own_membership(request.actor)
    near: Organisation | None = request.acting
    if near is None and own is not None:
        near = own.person.home_community or own.branch
    if near is not None:
        found = [place for place in ancestors(near) if place.kind in PLACES]
        if found:
            return found[-1]
    root = places(Kind.CITY).order_by("path").first()
    if root is None:
        raise Refused("site.empty", gettext_noop("No city has been set up on this site yet."))
    return root
