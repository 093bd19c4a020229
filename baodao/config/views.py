"""Pages that no slice owns: administration, health, compliance, the API, a member's own data."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from baodao.accounts.queries import accounts, switches, switches_in_force
from baodao.config.api import answered, api
from baodao.config.cli.checks import LABELS, examine
from baodao.config.compliance import filing, points
from baodao.config.copies import copied, copied_text, copied_workbook
from baodao.config.reference import reference
from baodao.config.reports import report
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.registration.tables.copy import readings
from baodao.ui.guards import member_only, reading
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


@login_not_required
@require_GET
def api_reference(request: ActorRequest) -> HttpResponse:
    """How the API is used. A stranger learns its shape, which the source tells as well."""
    context = {"reference": reference(api.get_openapi_schema())}
    return render(request, "config/reference.html", context)


@login_not_required
@require_GET
def api_description(_request: HttpRequest) -> HttpResponse:
    """The same for programs, as OpenAPI 3.1."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@login_not_required
def api_nowhere(_request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 (the address)
    """Below the API an address that is not there is told in its own shape."""
    return answered(404, "absent", _("There is no such address. All of them end with a slash."))


@reading
@member_only
def own_records(request: ActorRequest) -> HttpResponse:
    """Everything kept about the member, and everybody who has read a number of theirs."""
    context = {"copy": copied(request.actor), "readings": readings(request.actor)}
    return render(request, "config/own_records.html", context)


@reading
@member_only
def own_copy_json(request: ActorRequest) -> HttpResponse:
    """The member's copy for machines."""
    return download(copied_text(request.actor))


@reading
@member_only
def own_copy_xlsx(request: ActorRequest) -> HttpResponse:
    """The member's copy for reading."""
    return download(copied_workbook(request.actor))
