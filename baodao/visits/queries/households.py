"""What contact cadres did for a household with a file, and the needs written down for it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.scope import within
from baodao.residents.models import SealedHousehold
from baodao.residents.queries.files import HouseholdStory
from baodao.visits.models import HouseholdNeed
from baodao.visits.queries.visits import visit_rows


def household_stories(actor: Actor, household: SealedHousehold) -> list[HouseholdStory]:
    """Visits of a household and needs written down for it, as far as the actor reads them."""
    return [*_visits(actor, household), *_needs(actor, household)]


def _visits(actor: Actor, household: SealedHousehold) -> Iterator[HouseholdStory]:
    rows = visit_rows().filter(contact__household=household)
    rows = within(rows, actor, Permission.CONTACT_READ, "community__path")
    for row in rows:
        words = gettext("Visit by %(name)s") % {"name": row.person.name}
        yield HouseholdStory(row.on, words, reverse("visits:visit", args=[row.pk]))


def _needs(actor: Actor, household: SealedHousehold) -> Iterator[HouseholdStory]:
    rows = HouseholdNeed.objects.filter(file__entry=household).select_related("need")
    for row in within(rows, actor, Permission.NEED_READ, "need__community__path"):
        need = row.need
        words = gettext("Need: %(text)s") % {"text": need.text[:40]}
        words = f"{words} · {need.get_state_display()}"
        url = reverse("needs:need", args=[need.pk])
        yield HouseholdStory(clock.local(need.collected_at).date(), words, url)
