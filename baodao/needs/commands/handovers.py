"""What becomes of needs, menus and residents' pages when a community is reorganised."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.needs.models import MenuItem, Need, ResidentPage
from baodao.needs.queries.menu import standing_items
from baodao.needs.rules.life import NEED
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)


def _need_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = Need.objects.filter(community__in=plan.hanging, state__in=NEED.live).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s open need is looked after by the successor.",
            "%(count)s open needs are looked after by the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s need is still open. Its community closes it, met or not met, first.",
            "%(count)s needs are still open. Their community closes them, met or not met, first.",
        )
        yield HandoverLine(Fate.STANDS, count, words)


def _page_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = ResidentPage.objects.filter(community__in=plan.hanging).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s page for residents: the posters on the boards lead on to the successor.",
            "%(count)s pages for residents: the posters on the boards lead on to the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s page for residents says that the community was closed.",
            "%(count)s pages for residents say that the community was closed.",
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _lead_on(_actor: Actor, plan: ReorganisationPlan, _changes: UndoList) -> None:
    """Who takes over has a page to which the posters lead, and keeps it whatever is undone: it may
    hang on a board by then."""
    if plan.heir_id is not None and ResidentPage.objects.filter(community__in=plan.hanging):
        ResidentPage.objects.get_or_create(community_id=plan.heir_id)


def _on_menus(plan: ReorganisationPlan) -> QuerySet[MenuItem]:
    """What stands on the menu of what ends, whoever serves it, and what it serves elsewhere."""
    ending = Q(provider__in=plan.hanging) | Q(community__in=plan.hanging)
    return standing_items().filter(ending)


def _menu_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    count = _on_menus(plan).count()
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s service on the menu goes on, kept by the successor.",
            "%(count)s services on the menu go on, kept by the successor.",
        )
        yield HandoverLine(Fate.GOES, count, words)
    else:
        words = ngettext_noop(
            "%(count)s service is taken off the menu.",
            "%(count)s services are taken off the menu.",
        )
        yield HandoverLine(Fate.ENDS, count, words)


def _end_menu(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    if plan.heir_id is None:
        changes.change(_on_menus(plan), ended_at=plan.at)


HANDOVERS = (
    Handover("need", _need_lines, words=gettext_noop("needs of people and units")),
    Handover("resident page", _page_lines, _lead_on),
    Handover("menu item", _menu_lines, _end_menu),
)
