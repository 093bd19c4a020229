"""What an organisation decides for itself and for all below it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.orgs.commands import set_setting
from baodao.orgs.forms import SettingsForm
from baodao.orgs.queries import choices_of, organisations
from baodao.ui.posts import send
from baodao.ui.requests import ActorRequest


@require_GET
def own(request: ActorRequest) -> HttpResponse:
    """The settings of the organisation one acts for."""
    if request.acting is None:
        raise Absent("settings")
    return redirect("orgs:settings", request.acting.pk)


@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Every setting with its answers, and which one holds."""
    rows = organisations(request.actor, Permission.SETTING_EDIT)
    found = rows.filter(pk=organisation_id).first()
    if found is None:
        raise Absent("organisation")
    form = SettingsForm(request.POST or None, choices=choices_of(found))
    if form.is_valid():
        return _set(request, found.pk, form.changed())
    headline = _("Settings of %(name)s") % {"name": found.name}
    lead = _("They hold here and for all below that decide nothing else.")
    shown = {"headline": headline, "lead": lead, "label": _("Save"), "form": form}
    return render(request, "ui/confirm.html", shown)


def _set(request: ActorRequest, organisation_id: int, changed: dict[str, str]) -> HttpResponse:
    def act(actor: Actor) -> None:
        for key, value in changed.items():
            set_setting(actor, organisation_id=organisation_id, key=key, value=value)

    here = reverse("orgs:settings", args=[organisation_id])
    return send(request, act, to=here, said=_("Saved."))
