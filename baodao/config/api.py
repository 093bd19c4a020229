"""The API of all slices: one address, tokens alone, one shape of error.

A slice joins with its router in `ROUTERS`. How: docs/how-to/add-an-endpoint.md.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from baodao import __version__
from baodao.accounts.api import Token
from baodao.accounts.api import router as accounts
from baodao.adoptions.api import router as adoptions
from baodao.agenda.api import router as agenda
from baodao.agreements.api import router as agreements
from baodao.allocation.api import router as allocation
from baodao.attendance.api import router as attendance
from baodao.callups.api import router as callups
from baodao.claims.api import router as claims
from baodao.commitments.api import router as commitments
from baodao.committees.api import router as committees
from baodao.flags.api import router as flags
from baodao.honours.api import router as honours
from baodao.inquiries.api import router as inquiries
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.once import Reused
from baodao.kernel.texts import visible_in
from baodao.needs.api import router as needs
from baodao.offers.api.offers import router as offers
from baodao.offers.api.proposals import router as proposals
from baodao.opinions.api import router as opinions
from baodao.orders.api import router as orders
from baodao.orgs.api import router as orgs
from baodao.pairings.api import router as pairings
from baodao.problems.api import router as problems
from baodao.registration.api import router as registration
from baodao.reports.api import router as reports
from baodao.resources.api import router as resources
from baodao.series.api import router as series
from baodao.statements.api import router as statements
from baodao.teams.api import router as teams
from baodao.ui.api import REPEATED, Malformed, ScopeMissing, Unknown, problem
from baodao.ui.wording import worded
from baodao.venues.api import router as venues
from baodao.visits.api import router as visits

logger = logging.getLogger(__name__)

NAMESPACE = "api"
ROUTERS: dict[str, tuple[Router, ...]] = {
    "accounts": (accounts,),
    "orgs": (orgs,),
    "registration": (registration,),
    "needs": (needs,),
    "offers": (offers, proposals),
    "agenda": (agenda,),
    "venues": (venues,),
    "teams": (teams,),
    "claims": (claims,),
    "series": (series,),
    "attendance": (attendance,),
    "callups": (callups,),
    "orders": (orders,),
    "pairings": (pairings,),
    "visits": (visits,),
    "adoptions": (adoptions,),
    "commitments": (commitments,),
    "resources": (resources,),
    "agreements": (agreements,),
    "opinions": (opinions,),
    "problems": (problems,),
    "committees": (committees,),
    "statements": (statements,),
    "flags": (flags,),
    "honours": (honours,),
    "reports": (reports,),
    "inquiries": (inquiries,),
    "allocation": (allocation,),
}
"""Each slice's routers by the slice's name, in the order of the reference."""

View = Callable[..., HttpResponseBase]


class Readable(JSONRenderer):
    """Chinese as it is written."""

    json_dumps_params = {"ensure_ascii": False}


class Texts(Parser):
    """Bodies and queries whose texts people can see."""

    def parse_body(self, request: HttpRequest) -> Any:
        return visible_in(super().parse_body(request))

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> Any:
        return visible_in(super().parse_querydict(data, list_fields, request))


class Api(NinjaAPI):
    """Named operations, and a description that leaves no question to a machine."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """`registration_accept`: the slice and its function."""
        slice_name = operation.view_func.__module__.split(".")[1]
        return f"{slice_name}_{operation.view_func.__name__}"


api = Api(
    title="Baodao",
    version=__version__,
    description="Registration, needs, offers and records, for programs of the authority itself.",
    urls_namespace=NAMESPACE,
    openapi_url=None,
    docs_url=None,
    auth=Token(),
    parser=Texts(),
    renderer=Readable(),
)
for _name, _routers in ROUTERS.items():
    for _router in _routers:
        api.add_router("", _router, url_name_prefix=_name)


def answered(status: int, code: str, message: str, field: str | None = None) -> HttpResponse:
    """An error in its one shape."""
    return JsonResponse(
        problem(code, message, field), status=status, json_dumps_params={"ensure_ascii": False}
    )


@api.exception_handler(Refused)
def refused(_request: HttpRequest, no: Refused) -> HttpResponse:
    """A rule said no."""
    return answered(409, no.code, worded(no))


@api.exception_handler(Reused)
def reused(_request: HttpRequest, no: Reused) -> HttpResponse:
    """A key that stands for another write."""
    message = _("This key was used for another write. Make a new UUID for each.")
    return answered(422, no.code, message, "Idempotency-Key")


@api.exception_handler(Absent)
def absent(_request: HttpRequest, _error: Absent) -> HttpResponse:
    """Not there, or not for this token: the two look the same."""
    return answered(404, "absent", _("This does not exist, or not for this token."))


@api.exception_handler(ScopeMissing)
def scope_missing(_request: HttpRequest, missing: ScopeMissing) -> HttpResponse:
    """Said before any row was looked at."""
    message = _("This token may not do this: it needs “%(scope)s”, which its account holds too.")
    return answered(403, "scope.missing", message % {"scope": missing.permission.value})


@api.exception_handler(Unknown)
def unknown(_request: HttpRequest, error: Unknown) -> HttpResponse:
    """No token in force, or too many wrong ones."""
    response = answered(error.status, error.code, _(error.message))
    if error.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Malformed)
def malformed(_request: HttpRequest, error: Malformed) -> HttpResponse:
    """A value that cannot be read."""
    return _invalid(error.field)


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first thing that is wrong with what was sent; what was sent is not repeated."""
    first = error.errors[0]
    source, *place = first["loc"]
    named = place[1:] if source == "body" and len(place) > 1 else place
    field = ".".join(str(part) for part in named)
    if first["type"] == "missing":
        message = _("“%(field)s” is missing.") % {"field": field}
        return answered(422, "input.missing", message, field)
    return _invalid(field)


def _invalid(field: str) -> HttpResponse:
    message = _("“%(field)s” does not have the form or value that the reference tells.")
    return answered(422, "input.invalid", message % {"field": field}, field)


@api.exception_handler(HttpError)
def unreadable(_request: HttpRequest, _error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    return answered(422, "input.unreadable", _("The body is no JSON in UTF-8."))


@api.exception_handler(RequestDataTooBig)
def too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    """Told by its length, before it is read."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    message = _("The body is larger than %(most)s MB. Send fewer at once.")
    return answered(413, "input.too-large", message % {"most": most})


@api.exception_handler(Exception)
def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Ours; the log has the place, the answer nothing of the inside."""
    logger.error("API fault at %s", request.path, exc_info=error)
    return answered(500, "server.fault", _("Something broke here. It is written down; try later."))


def operations() -> list[URLPattern]:
    """The addresses of all operations, open to whoever brings a token and to nobody's session."""
    patterns = [
        one
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name not in (None, "api-root")
    ]
    for one in patterns:
        one.callback = guarded(one.callback)
    return patterns


def guarded(view: View) -> View:
    """No session, no form, no cache; and the errors that Django would put into words of its own."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def around(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        response = view(request, **arguments)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = answered(
                405, "method.not-allowed", _("Only %(methods)s here.") % {"methods": allowed}
            )
            response["Allow"] = allowed
        if getattr(request, "repeated", False):
            response[REPEATED] = "true"
        response["Cache-Control"] = "no-store"
        patch_vary_headers(cast(HttpResponse, response), ["Authorization", "Accept-Language"])
        return response

    return around
