"""Pages about the site itself: administrators' first page, health, compliance."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baodao.accounts.queries import accounts, switches, switches_in_force
from baodao.config.cli.checks import LABELS, examine
from baodao.config.compliance import filing, points
from baodao.config.reports import report
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.ui.listing import download
from baodao.ui.requests import ActorRequest


@dataclass(frozen=True)
class Task:
    """A number on the administrators' first page, and where it opens."""

    number: int
    words: str
    address: str


@require_GET
def administration(request: ActorRequest) -> HttpResponse:
    """What waits for the three administrators."""
    actor = request.actor
    tasks = []
    if actor.may_somewhere(Permission.ACCOUNT_READ):
        tasks.append(Task(accounts(actor).count(), _("accounts"), "accounts:list"))
    if not tasks and not actor.may_somewhere(Permission.SYSTEM_READ):
        raise Absent("administration")
    waiting = switches().filter(confirmed_at=None, ended_at=None).count()
    tasks.append(
        Task(waiting, _("switches wait for the second administrator"), "accounts:switches")
    )
    tasks.append(Task(switches_in_force().count(), _("switches are on"), "accounts:switches"))
    return render(request, "config/administration.html", {"tasks": tasks})


@require_GET
def health(request: ActorRequest) -> HttpResponse:
    """The same checks as `baodao doctor`."""
    if not request.actor.may_somewhere(Permission.SYSTEM_READ):
        raise Absent("health")
    checks = [(_(LABELS[check.name]), check) for check in examine()]
    failed = sum(check.state != "ok" for _label, check in checks)
    return render(request, "config/health.html", {"checks": checks, "failed": failed})


@require_GET
def compliance(request: ActorRequest) -> HttpResponse:
    """The state of the built-in rules, for whoever supervises or inspects."""
    if not request.actor.may_somewhere(Permission.COMPLIANCE_READ):
        raise Absent("compliance")
    return render(request, "config/compliance.html", {"points": points(), "filing": filing()})


@require_GET
def compliance_paper(request: ActorRequest, paper: str, ending: str) -> HttpResponse:
    """The report, or the draft of the filing form, as a document."""
    if not request.actor.may_somewhere(Permission.COMPLIANCE_READ):
        raise Absent("compliance")
    return download(report(paper, ending))
