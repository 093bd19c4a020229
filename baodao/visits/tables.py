"""The lists of contact points and of visits: columns, filters, files."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from baodao.documents.files import list_file
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.people.queries.members import unit_of
from baodao.ui.addresses import row_url
from baodao.ui.listing import Column, Filter, Spec, equals
from baodao.ui.wording import code_choices
from baodao.visits.models import ContactPoint
from baodao.visits.queries.contacts import in_force, own_contacts_ever, vacant
from baodao.visits.queries.visits import own_visits
from baodao.visits.rules.contacts import ContactKind

Rows = QuerySet[Any]
STANDINGS = (
    ("now", gettext_lazy("In force")),
    ("vacant", gettext_lazy("Nobody is the contact")),
    ("over", gettext_lazy("Over")),
)


def _search(rows: Rows, words: str) -> Rows:
    by_place = Q(title__icontains=words) | Q(place__name__icontains=words)
    return rows.filter(by_place | Q(person__name__icontains=words))


def _standing(rows: Rows, value: str) -> Rows:
    now = in_force(clock.today())
    if value == "vacant":
        return rows.filter(pk__in=vacant(ContactPoint.objects.all()).values("pk"))
    return rows.filter(now, serves=True) if value == "now" else rows.exclude(now)


def standing_words(row: Any) -> str:
    """How a contact point stands: in force, over and why, or without a cadre."""
    if row.ending:
        return str(row.ending_words)
    if not row.serves:
        return gettext("The cadre left or retired; hand it over")
    if row.since > clock.today():
        return gettext("Begins later")
    over = row.until is not None and row.until < clock.today()
    return gettext("Over") if over else gettext("In force")


def _progress(row: Any) -> str:
    """Visits done of those that are wanted in the week or month."""
    if row.ended_at is not None:
        return ""
    words = {
        ContactKind.HOUSEHOLD: gettext("this month %(done)s of %(wish)s"),
    }
    text = words.get(row.kind, gettext("this week %(done)s of %(wish)s"))
    return text % {"done": row.visits_done, "wish": row.wish}


def _places(place: Organisation, path: str) -> list[Column]:
    """The place of a row, where the list is of more than one."""
    return (
        []
        if place.kind == Kind.COMMUNITY
        else [Column(gettext_lazy("Community"), lambda row: getattr(row, path).name)]
    )


def contacts_spec(place: Organisation) -> Spec:
    """Who is the contact of what, in no order of how much they visit."""
    return Spec(
        title=gettext_lazy("Contact points"),
        columns=(
            Column(
                gettext_lazy("Contact point"),
                lambda row: row.words,
                url=lambda row: row_url("visits:point", row.pk),
            ),
            *_places(place, "place"),
            Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
            Column(gettext_lazy("Cadre"), lambda row: row.person.name),
            Column(gettext_lazy("First day"), lambda row: row.since, "since", ("since",)),
            Column(gettext_lazy("Last day"), lambda row: row.until, "until", ("until",)),
            Column(gettext_lazy("Visits done"), _progress),
            Column(
                gettext_lazy("Last visit"), lambda row: row.visited_on, "visited", ("visited_on",)
            ),
            Column(gettext_lazy("State"), standing_words),
        ),
        order=("-ended_at", "kind", "since"),
        search=_search,
        search_hint=gettext_lazy("Contact point or cadre"),
        filters=(
            Filter("kind", gettext_lazy("Kind"), code_choices(ContactKind), equals("kind")),
            Filter("state", gettext_lazy("State"), STANDINGS, _standing),
        ),
        empty=gettext_lazy("Nobody is the contact of anything here yet."),
        empty_hint=gettext_lazy(
            "The street or the district names the contacts of communities and grids, the "
            "community those of households."
        ),
        export=list_file,
    )


def _search_visits(rows: Rows, words: str) -> Rows:
    by_place = Q(contact__title__icontains=words) | Q(contact__place__name__icontains=words)
    return rows.filter(by_place | Q(person__name__icontains=words))


def _words(name: str) -> Any:
    """One of the four fields, for who may read it."""
    return lambda row: getattr(row, name) if row.legible else ""


def visits_spec(place: Organisation) -> Spec:
    """Every visit, the latest first."""
    return Spec(
        title=gettext_lazy("Visits of contact cadres"),
        columns=(
            Column(
                gettext_lazy("Day of the visit"),
                lambda row: row.on,
                "on",
                ("on",),
                url=lambda row: row_url("visits:visit", row.pk),
            ),
            *_places(place, "community"),
            Column(gettext_lazy("Contact point"), lambda row: row.contact.words),
            Column(gettext_lazy("Cadre"), lambda row: row.person.name),
            Column(gettext_lazy("Unit"), lambda row: unit_of(row.branch).name),
            Column(gettext_lazy("Seen"), _words("seen")),
            Column(gettext_lazy("Heard"), _words("heard")),
            Column(gettext_lazy("Explained"), _words("explained"), export_only=True),
            Column(gettext_lazy("Done on the spot"), _words("done"), export_only=True),
        ),
        order=("-on", "-noted_at"),
        search=_search_visits,
        search_hint=gettext_lazy("Contact point or cadre"),
        filters=(
            Filter(
                "kind", gettext_lazy("Kind"), code_choices(ContactKind), equals("contact__kind")
            ),
        ),
        empty=gettext_lazy("No contact has told of a visit yet."),
        empty_hint=gettext_lazy("Contact cadres write their visits down on the phone."),
        export=list_file,
    )


def copied(actor: Actor) -> dict[str, list[dict[str, object]]]:
    """What is kept about the actor as a contact cadre, in the reader's language; of a household to
    which they are the contact no longer, when they were there."""
    return {
        gettext("My contact points"): [
            {
                gettext("Contact point"): row.words,
                gettext("Kind"): row.get_kind_display(),
                gettext("First day"): row.since,
                gettext("Last day"): row.until,
            }
            for row in own_contacts_ever(actor).order_by("since", "pk")
        ],
        gettext("My visits so far"): [
            {
                gettext("Day of the visit"): row.on,
                gettext("Contact point"): row.contact.words,
                gettext("Visit"): "；".join(row.lines) if row.legible else "",
            }
            for row in own_visits(actor)
        ],
    }
