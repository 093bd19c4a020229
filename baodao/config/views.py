"""The API's own pages: how it is used, its description, and what is not there."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from baodao.config.api import answered, api
from baodao.config.reference import reference
from baodao.ui.requests import ActorRequest


@login_not_required
@require_GET
def api_reference(request: ActorRequest) -> HttpResponse:
    """How the API is used. A stranger learns its shape, which the source tells as well."""
    context = {"reference": reference(_description(get_language()))}
    return render(request, "config/reference.html", context)


@login_not_required
@require_GET
def api_description(_request: HttpRequest) -> HttpResponse:
    """The description of the API that programs read, as OpenAPI 3.1."""
    return JsonResponse(_description(get_language()), json_dumps_params={"ensure_ascii": False})


@cache
def _description(_language: str | None) -> dict[str, Any]:
    """What the whole API is, in a language: written once, for it takes half a second."""
    return api.get_openapi_schema()


@csrf_exempt
@login_not_required
def api_nowhere(_request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 (the address)
    """Below the API an address that is not there is told in its own shape."""
    return answered(404, "absent", _("There is no such address. All of them end with a slash."))
