"""Which layout a paper gets: that of its issuer or of the nearest above it, as of its day."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from baodao.documents.fields import Issuer
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.scope import within
from baodao.layouts.models import WordLayout
from baodao.orgs.models import Organisation
from baodao.orgs.queries.periods import paths_at
from baodao.orgs.rules.policies import codes_of

EDIT = Permission.SETTING_EDIT


def layouts_to_end(actor: Actor) -> QuerySet[WordLayout]:
    """The layouts in force that the actor may take out of use."""
    rows = WordLayout.objects.filter(ended_at=None).select_related("organisation")
    return within(rows, actor, EDIT, "organisation__path")


def layouts_at(place: Organisation) -> dict[str, WordLayout]:
    """The layouts that hold at an organisation now, its own or the nearest above, by form."""
    return {row.form: row for row in _rows(place.path, clock.now())}


def layout_at(place: Organisation, form: str) -> WordLayout:
    """The one that holds for a form; raises `Absent`."""
    layout = layouts_at(place).get(form)
    if layout is None:
        raise Absent("layout")
    return layout


def layout_of(form: str, issuers: Collection[Issuer]) -> bytes | None:
    """The layout of papers of one form, each of its issuer and instant; None for ours. Refused for
    papers that do not have the same one: one file has one layout."""
    layouts: dict[UUID | None, WordLayout | None] = {}
    for issuer in set(issuers):
        row = _nearest(form, issuer)
        layouts[row.pk if row else None] = row
    if len(layouts) > 1:
        raise Refused(
            "layout.several",
            gettext_noop(
                "These papers were issued under different Word layouts. Choose those of one time, "
                "or take PDF."
            ),
        )
    row = next(iter(layouts.values()), None)
    return bytes(row.content) if row else None


def _nearest(form: str, issuer: Issuer) -> WordLayout | None:
    path = paths_at([issuer.organisation_id], issuer.at).get(issuer.organisation_id, "")
    return _rows(path, issuer.at).filter(form=form).last()


def _rows(path: str, at: datetime) -> QuerySet[WordLayout]:
    """The layouts of an organisation and of all above it at an instant, the outermost first."""
    rows = WordLayout.objects.filter(organisation__code__in=codes_of([path]), kept_at__lte=at)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=at)).select_related("organisation")
    return rows.order_by("organisation__path", "pk")
