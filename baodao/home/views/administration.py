"""Pages for administrators and inspectors: what waits for them, health, compliance."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baodao.accounts.queries import accounts, journal_entries, switches, switches_in_force
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
    """A number on the administrators' first page, and where it opens."""

    number: int
    words: str
    address: str


@require_GET
def administration(request: ActorRequest) -> HttpResponse:
    """What waits for the three administrators."""
    if not (
        request.actor.may_somewhere(Permission.ACCOUNT_READ)
        or request.actor.may_somewhere(Permission.SYSTEM_READ)
    ):
        raise Absent("administration")
    return render(request, "home/administration.html", {"tiles": _tiles(request.actor)})


def _tiles(actor: Actor) -> list[Tile]:
    tiles = []
    if actor.may_somewhere(Permission.ACCOUNT_READ):
        tiles.append(Tile(accounts(actor).count(), _("accounts"), "accounts:list"))
    if actor.may_somewhere(Permission.JOURNAL_READ):
        today = journal_entries(actor).filter(at__gte=clock.midnight(clock.today())).count()
        tiles.append(Tile(today, _("entries in the journal today"), "accounts:journal"))
    if actor.may_somewhere(Permission.ORGANISATION_EDIT):
        count = organisations(actor, Permission.ORGANISATION_EDIT).count()
        tiles.append(Tile(count, _("organisations"), "orgs:list"))
    waiting = switches().filter(confirmed_at=None, ended_at=None).count()
    words = _("switches wait for the second administrator")
    in_force = Tile(switches_in_force().count(), _("switches are on"), "accounts:switches")
    return [*tiles, Tile(waiting, words, "accounts:switches"), in_force]


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
