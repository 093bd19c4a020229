"""The library: presets and one's own policies; writing one with its sentences beside it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.policies.commands.texts import discontinue_policy, save_policy
from baodao.policies.forms import GuidedForm, PolicyTextForm
from baodao.policies.models import PolicyDocument, PolicyVersion
from baodao.policies.queries.present import is_adoptable
from baodao.policies.queries.presets import preset_of, presets
from baodao.policies.queries.texts import (
    last_versions,
    policies_to_edit,
    policy_of,
    rules_of,
    version_of,
    versions_for,
)
from baodao.policies.queries.wording import caution_words, differences, explained
from baodao.policies.rules.guided import text_of
from baodao.policies.rules.schema import schema
from baodao.policies.tables import look
from baodao.ui.addresses import row_url
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import Act, FormPage, bound, submit

EDITOR = "policies/editor.html"


@reading
def library(request: ActorRequest) -> HttpResponse:
    """The policies that one may read, and the presets with their source."""
    _check_reader(request)
    edits = request.acting is not None and _edits(request, request.acting)
    context = {"versions": last_versions(request.actor), "presets": presets(), "edits": edits}
    return render(request, "policies/library.html", context)


@reading
def preset(request: ActorRequest, preset_name: str) -> HttpResponse:
    """A preset in sentences and as its text."""
    _check_reader(request)
    one = preset_of(preset_name)
    edits = request.acting is not None and _edits(request, request.acting)
    context = {"preset": one, "sentences": explained(one.rules), "edits": edits}
    context["cautions"] = caution_words(one.rules)
    return render(request, "policies/preset.html", context)


@reading
def preset_file(request: ActorRequest, preset_name: str) -> HttpResponse:
    """The text of a preset as a file."""
    _check_reader(request)
    return _file(preset_of(preset_name).text, f"{preset_name}.yaml")


@reading
def policy(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """A policy in sentences, its versions, and what each changed."""
    row = policy_of(request.actor, policy_id)
    versions = list(versions_for(request.actor).filter(policy=row))
    rules = rules_of(versions[0])
    context = {
        "written": row,
        "version": versions[0],
        "sentences": explained(rules),
        "cautions": caution_words(rules),
        "versions": _changed(versions),
        "edits": policies_to_edit(request.actor).filter(pk=row.pk).exists(),
        "adopts": is_adoptable(request.actor, request.acting, versions[0].pk),
    }
    return render(request, "policies/policy.html", context)


def _changed(versions: list[PolicyVersion]) -> list[tuple[PolicyVersion, list[tuple[str, str]]]]:
    """Each version with what it says otherwise than the one before."""
    before = [*versions[1:], None]
    return [
        (one, differences(rules_of(last), rules_of(one)) if last else [])
        for one, last in zip(versions, before, strict=True)
    ]


@reading
def version_file(request: ActorRequest, policy_id: UUID, version_number: int) -> HttpResponse:
    """The text of a version as a file."""
    version = version_of(request.actor, policy_id, version_number)
    return _file(version.text, f"{version.name}-{version.number}.yaml")


@reading
def schema_file(request: ActorRequest) -> HttpResponse:
    """The JSON Schema of the language, for editors."""
    _check_reader(request)
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@asking
def new_policy(request: ActorRequest) -> HttpResponse:
    """Write a policy, from a preset, from the fields or from nothing."""
    place = _edited_place(request)
    start = request.GET.get("from", "")
    initial = {"text": preset_of(start).text} if start else {}
    # no edit: the text of a preset, which never changes
    form = bound(request, PolicyTextForm, initial=initial)
    page = FormPage(form, EDITOR, {"place": place})
    return _answer(request, page, partial(save_policy, organisation_id=place.pk))


@asking
def edit_policy(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Write the next version of a policy."""
    # no end: a text that holds is changed by a version of its own
    row = policies_to_edit(request.actor).filter(pk=policy_id).first()
    if row is None:
        raise Absent("policy")
    context = {"place": row.organisation, "written": row}
    page = FormPage(bound(request, PolicyTextForm), EDITOR, context).editing(row, _typed)
    act = partial(save_policy, organisation_id=row.organisation_id, code=row.code)
    return _answer(request, page, act)


def _typed(row: PolicyDocument) -> dict[str, object]:
    """A policy as its form shows it."""
    last = row.versions.order_by("number").last()
    return {"text": last.text if last else ""}


def _answer(request: ActorRequest, page: FormPage, act: Act) -> HttpResponse:
    """The page with the text that the fields make, or with the text looked at; else what saving
    it leads to."""
    guided = GuidedForm(request.POST if "fill" in request.POST else None)
    form = page.form
    if "fill" in request.POST and guided.is_valid():
        form = PolicyTextForm(
            {**request.POST.dict(), "text": text_of(guided.cleaned_data["policy"])}
        )
    page = FormPage(form, page.template, page.context, page.edit).beside(
        guided=guided, **look(form, request.POST)
    )
    if {"fill", "look"} & request.POST.keys():
        template = "policies/beside.html" if request.htmx else EDITOR
        return render(request, template, {**page.context, "form": form})
    saved = _("Saved. Try it on last year's facts before it is adopted.")
    return submit(request, act, to=_page_of, message=saved, page=page)


@writing
def end_policy(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Take a policy out of use."""
    act = partial(discontinue_policy, policy_id=policy_id)
    return submit(
        request, act, to=reverse("policies:library"), message=_("Out of use from now on.")
    )


def _page_of(version: PolicyVersion) -> str:
    return row_url("policies:policy", version.policy_id)


def _file(text: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or ""}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


def _check_reader(request: ActorRequest) -> None:
    if not request.actor.may_somewhere(Permission.POLICY_READ):
        raise Absent("policies")


def _edits(request: ActorRequest, place: Organisation) -> bool:
    return request.actor.may(Permission.POLICY_EDIT, place.path)


def _edited_place(request: ActorRequest) -> Organisation:
    place: Organisation | None = request.acting
    if place is None or not _edits(request, place):
        raise Absent("policies")
    return place
