"""Who is helped by pairings that are long over is forgotten, and pairings that nobody has taken on
are called off with the file of their household."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from baodao.kernel import journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.locks import lock_many
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.offers.commands.answers import release_needs
from baodao.offers.commands.endings import call_off
from baodao.offers.queries.offers import offer_rows
from baodao.orgs.queries.policies import days_ago
from baodao.pairings.models import PairedHousehold
from baodao.pairings.queries.households import untaken_for
from baodao.residents.commands.entries import forget_entries


@command
def forget_households(actor: Actor) -> int:
    """Delete who was helped by pairings that ended long ago, unless somebody stands by them still;
    how many. Anybody may: what may be kept is not decided by who asks."""
    ended = PairedHousehold.objects.filter(
        offer__ended_at__lt=days_ago(KEPT_DAYS, "offer__community__path")
    )
    rows = list(ended.select_related("offer").order_by("pk"))
    gone = forget_entries({row.household_id for row in rows})
    over = [row for row in rows if row.household_id in gone]
    journal.write_many(actor, list(_forgotten(over)))
    return len(gone)


def withdraw_untaken(actor: Actor, household_id: UUID) -> None:
    """Call off what is offered for a household, whose file is over by its day, and nobody has taken
    on by then; who asked to is told why, in Chinese as it is printed."""
    offer_ids = [row.offer_id for row in untaken_for(household_id)]
    offers = {row.pk: row for row in lock_many(offer_rows(), offer_ids)}
    with translation.override("zh-hans"):
        why = gettext("The file of the household has reached its last day.")
    for row in untaken_for(household_id).filter(offer__in=offers):
        call_off(actor, offers[row.offer_id], why)
        release_needs(actor, offer=offers[row.offer_id])


def _forgotten(rows: Iterable[PairedHousehold]) -> Iterable[journal.Act]:
    for row in rows:
        facts: dict[str, journal.Fact] = {"title": row.offer.title}
        yield journal.Act("household.forgotten", row.offer_id, row.offer.community_id, facts)
