"""How an own table will look on paper, before it is kept."""

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.html import DrawnSheet, sheets
from baodao.figures.queries.sql import present
from baodao.figures.rules.sheets import LEVELS
from baodao.kernel.authz import Actor
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.queries.papers import blank_item, item
from baodao.reporttables.queries.tables import filled_table, is_read, usual_period
from baodao.reporttables.rules.own import OwnDefinition
from baodao.reporttables.rules.papers import OWN


def why_blank(actor: Actor, place: Organisation, definition: OwnDefinition) -> str:
    """Why a preview has no figures, in words; empty where it has."""
    declaration = definition.declaration("preview", "preview")
    if Kind(place.kind) not in declaration.levels:
        levels = "、".join(gettext(one.words) for one in declaration.levels)
        words = gettext("Such a table has rows at %(levels)s only; %(place)s offers it to none.")
        return words % {"levels": levels, "place": place.name}
    if not is_read(actor, declaration, place):
        return gettext("You read no figures here, so the form is shown without them.")
    return ""


def own_preview(actor: Actor, place: Organisation, definition: OwnDefinition) -> list[DrawnSheet]:
    """A definition as a paper of an organisation of now; empty for who reads no figures there, and
    where no such table stands."""
    declaration = definition.declaration("preview", "preview")
    kind = Kind(place.kind)
    if kind not in LEVELS or not is_read(actor, declaration, place):
        facts = blank_item(declaration)
    else:
        as_of = present()
        facts = item(filled_table(place, declaration, as_of, usual_period(declaration, as_of)))
    with translation.override("zh-hans"):
        return sheets(OWN, [facts])
