"""Pages for administrators and inspectors: what waits for them, health, compliance."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baodao.accounts.queries import (
    accounts,
    grants_to_confirm,
    journal_entries,
    switches_in_force,
    switches_to_confirm,
)
from baodao.home.documents.compliance import compliance_report
from baodao.home.queries.compliance import filing, points, upkeep
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.health import Health, examine
from baodao.orgs.queries.tree import organisations
from baodao.ui.listing import paper_download
from baodao.ui.requests import ActorRequest


@dataclass(frozen=True)
class Tile:
    """A number on the administrators' first page, and where it opens; a `pressing` one waits for
    the reader."""

    number: int
    words: str
    url: str
    pressing: bool = False


@require_GET
def administration(request: ActorRequest) -> HttpResponse:
    """What waits for the three administrators, and what there is."""
    if not (
        request.actor.may_somewhere(Permission.ACCOUNT_READ)
        or request.actor.may_somewhere(Permission.SYSTEM_READ)
    ):
        raise Absent("administration")
    waiting = [tile for tile in _waiting(request.actor) if tile.number]
    context = {"tiles": [*waiting, *_tiles(request.actor)], "waiting": len(waiting)}
    return render(request, "home/administration.html", context)


def _waiting(actor: Actor) -> Iterator[Tile]:
    """What only the reader can do something about."""
    if actor.may_somewhere(Permission.SYSTEM_READ):
        troubles = sum(finding.health is not Health.OK for _check, finding in examine())
        yield Tile(
            troubles, _("matters of the system's health"), reverse("home:health"), pressing=True
        )
    roles = grants_to_confirm(actor).count()
    words = _("administrators' roles to be confirmed by you")
    yield Tile(roles, words, reverse("accounts:switches"), pressing=True)
    count = switches_to_confirm(actor).count()
    words = _("switches to be confirmed by you")
    yield Tile(count, words, reverse("accounts:switches"), pressing=True)


def _tiles(actor: Actor) -> Iterator[Tile]:
    if actor.may_somewhere(Permission.ACCOUNT_READ):
        yield Tile(accounts(actor).count(), _("accounts"), reverse("accounts:list"))
    if actor.may_somewhere(Permission.JOURNAL_READ):
        day = clock.today()
        today = journal_entries(actor).filter(at__gte=clock.midnight(day)).count()
        url = f"{reverse('accounts:journal')}?from_on={day}"
        yield Tile(today, _("entries in the journal today"), url)
    if actor.may_somewhere(Permission.ORGANISATION_EDIT):
        count = organisations(actor, Permission.ORGANISATION_EDIT).count()
        yield Tile(count, _("organisations"), reverse("orgs:list"))
    yield Tile(switches_in_force().count(), _("switches are on"), reverse("accounts:switches"))


@require_GET
def health(request: ActorRequest) -> HttpResponse:
    """Every check of every slice, as `baodao doctor` tells them; what needs attention first."""
    if not request.actor.may_somewhere(Permission.SYSTEM_READ):
        raise Absent("health")
    findings = [(_(check.question), finding) for check, finding in examine()]
    findings.sort(key=lambda one: one[1].health is Health.OK)
    troubles = sum(finding.health is not Health.OK for _label, finding in findings)
    return render(request, "home/health.html", {"findings": findings, "troubles": troubles})


@require_GET
def compliance(request: ActorRequest) -> HttpResponse:
    """The state of the built-in rules, for whoever supervises or inspects."""
    if not request.actor.may_somewhere(Permission.COMPLIANCE_READ):
        raise Absent("compliance")
    context = {"points": points(), "upkeep": upkeep(), "filing": filing()}
    return render(request, "home/compliance.html", context)


@require_GET
def compliance_paper(request: ActorRequest, paper: str, ending: str) -> HttpResponse:
    """The report, or the draft of the filing form, as a document."""
    if not request.actor.may_somewhere(Permission.COMPLIANCE_READ):
        raise Absent("compliance")
    return paper_download(request, compliance_report(paper, ending))
