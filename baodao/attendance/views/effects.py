"""成效: how well activities worked, graded by the community, read by the units that served."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from baodao.attendance.commands.effects import grade_effects
from baodao.attendance.forms import EffectForm
from baodao.attendance.models import ActivityEffect
from baodao.attendance.queries.effects import (
    activities_to_grade,
    effects_of_unit,
    gradable,
    present_effect,
)
from baodao.attendance.rules.effects import EffectGrade
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.offers.models import Offer
from baodao.orgs.requests import acting_community, acting_unit_or_branch
from baodao.ui.guards import asking, choosing, reading
from baodao.ui.paging import Paging
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit
from baodao.ui.wording import code_choices

_FIELD = "grade-"
"""Before the id of the activity, in the name of its field."""


@choosing
def effects(request: ActorRequest) -> HttpResponse:
    """What took place here: a tap for each that has no grade, all of them sent at once."""
    community = acting_community(request, Permission.RECORD_CREATE)
    rows = activities_to_grade(request.actor, community)
    context = {"listing": Paging(rows, request), "grades": code_choices(EffectGrade)}
    context["waiting"] = rows.filter(grade=None).count()
    page = FormPage(bound(request, Form), "attendance/effects.html", context)
    act = partial(_grade, _choices(request))
    return submit(request, act, to=request.path, message=_graded_words, page=page)


def _choices(request: ActorRequest) -> dict[UUID, EffectGrade]:
    """The grade of each activity that was tapped; what is none was not made by our page."""
    fields = [(one, str(value)) for one, value in request.POST.items() if one.startswith(_FIELD)]
    try:
        return {UUID(one.removeprefix(_FIELD)): EffectGrade(value) for one, value in fields}
    except ValueError as error:
        raise Absent("grade") from error


def _grade(grades: Mapping[UUID, EffectGrade], actor: Actor, **_: object) -> Batch[ActivityEffect]:
    if not grades:
        message = gettext_noop("Nothing is graded yet. Choose an effect for at least one activity.")
        raise Refused("effect.none", message)
    return grade_effects(actor, grades=grades)


def _graded_words(count: int) -> str:
    words = ngettext("%(count)s activity is graded.", "%(count)s activities are graded.", count)
    return words % {"count": count}


@asking
def effect(request: ActorRequest, activity_id: UUID) -> HttpResponse:
    """One activity, where it may be graded anew too, with the reason."""
    offer = gradable(request.actor).filter(pk=activity_id).first()
    if offer is None:
        raise Absent("offer")
    # no end: what is over may be graded anew
    # no edit: a grade closes the one before, and both are kept
    page = question(bound(request, EffectForm), offer.title, gettext("Save"), _present(offer))
    act = partial(_grade_one, offer_id=activity_id)
    to = reverse("offers:offer", args=[activity_id])
    return submit(request, act, to=to, message=gettext("The effect is graded."), page=page)


def _present(offer: Offer) -> str:
    """What the effect is now; nothing where it was never graded."""
    row = present_effect(offer)
    if row is None:
        return ""
    facts = {"grade": row.get_grade_display(), "name": row.graded_by}
    return gettext("At present: %(grade)s, by %(name)s.") % facts


def _grade_one(actor: Actor, *, offer_id: UUID, **typed: Any) -> ActivityEffect:
    grades = {offer_id: EffectGrade(typed["grade"])}
    batch = grade_effects(actor, grades=grades, reason=typed["reason"])
    if batch.refused:
        raise batch.refused[0][1]
    return batch.done[0]


@reading
def unit_effects(request: ActorRequest) -> HttpResponse:
    """How well the activities worked in which members of the unit or the branch served."""
    unit = acting_unit_or_branch(request, Permission.CLAIM_MAKE)
    context = {"listing": Paging(effects_of_unit(request.actor, unit), request)}
    return render(request, "attendance/unit_effects.html", context)
