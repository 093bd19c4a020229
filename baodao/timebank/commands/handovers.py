"""What becomes of the time bank when a community is reorganised: accounts of members follow their
registration, those of talents and the pool go on below who takes over, under the name they have.
Where nobody does, orders and the pool have to be ended first: hours are not lost by an act."""

from collections.abc import Iterator

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.queries.tree import by_id
from baodao.orgs.rules.handovers import Fate, Handover, HandoverLine, ReorganisationPlan
from baodao.timebank.models import TimeAccount, TimeOrder
from baodao.timebank.queries.accounts import is_open_at
from baodao.timebank.rules.accounts import AccountKind
from baodao.timebank.rules.orders import TimeOrderState


def _accounts(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    rows = TimeAccount.objects.filter(community__in=plan.hanging, closed_at=None)
    rows = rows.exclude(kind=AccountKind.CLEARING)
    if plan.heir_id is not None:
        words = ngettext_noop(
            "%(count)s account of the time bank goes on with the successor.",
            "%(count)s accounts of the time bank go on with the successor.",
        )
        if not is_open_at(by_id(plan.heir_id)):
            words = ngettext_noop(
                "%(count)s account of the time bank goes to the successor, where the time bank is "
                "not in use: it is only read until it is turned on there.",
                "%(count)s accounts of the time bank go to the successor, where the time bank is "
                "not in use: they are only read until it is turned on there.",
            )
        yield HandoverLine(Fate.GOES, rows.count(), words)
    elif plan.ending:
        full = rows.filter(kind=AccountKind.POOL, balance__gt=0)
        words = ngettext_noop(
            "%(count)s pool of the time bank still holds hours. Spend them first.",
            "%(count)s pools of the time bank still hold hours. Spend them first.",
        )
        yield HandoverLine(Fate.STANDS, full.count(), words)


def _orders(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    rows = TimeOrder.objects.filter(community__in=plan.hanging, state=TimeOrderState.ORDERED)
    if plan.heir_id is None and plan.ending:
        words = ngettext_noop(
            "%(count)s order of the time bank is open. End it first.",
            "%(count)s orders of the time bank are open. End them first.",
        )
        yield HandoverLine(Fate.STANDS, rows.count(), words)


HANDOVERS = (
    Handover("time order", _orders, words=gettext_noop("orders of the time bank")),
    Handover("time account", _accounts, words=gettext_noop("accounts of the time bank")),
    Handover("time booking"),
)
