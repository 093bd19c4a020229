"""What becomes of grants and tokens on an organisation that is closed: they end with it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from baodao.accounts.models import ApiToken, Grant
from baodao.kernel.authz import Actor
from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.orgs.rules.handovers import (
    Fate,
    Handover,
    HandoverLine,
    ReorganisationPlan,
    UndoList,
)


def _grants(plan: ReorganisationPlan) -> QuerySet[Grant]:
    return Grant.objects.filter(organisation__in=plan.hanging, revoked_at=None)


def _tokens(plan: ReorganisationPlan) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(organisation__in=plan.hanging, revoked_at=None)


def _grant_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop(
        "%(count)s grant ends. The security administrator grants anew at the successor.",
        "%(count)s grants end. The security administrator grants anew at the successor.",
    )
    yield HandoverLine(Fate.ENDS, _grants(plan).count(), words)


def _end_grants(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    """Nobody's reach grows by a reorganisation: who shall act for the successor is granted it."""
    changes.change(_grants(plan), revoked_at=plan.at)


def _token_lines(plan: ReorganisationPlan) -> Iterator[HandoverLine]:
    words = ngettext_noop("%(count)s API token ends.", "%(count)s API tokens end.")
    yield HandoverLine(Fate.ENDS, _tokens(plan).count(), words)


def _end_tokens(_actor: Actor, plan: ReorganisationPlan, changes: UndoList) -> None:
    changes.change(_tokens(plan), revoked_at=plan.at)


HANDOVERS = (
    Handover("grant", _grant_lines, _end_grants, gettext_noop("grants")),
    Handover("api token", _token_lines, _end_tokens, gettext_noop("API tokens")),
    Handover("switch"),
    Handover("impact assessment"),
)
