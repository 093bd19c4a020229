"""What-if: a policy on last year's facts, before anybody adopts it."""

from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.models import Organisation
from baodao.people.queries.members import belonged
from baodao.policies.models import PolicyVersion
from baodao.policies.queries.present import is_adoptable, present_version
from baodao.policies.queries.texts import last_versions, rules_of, version_of
from baodao.policies.rules.measures import SubjectKind
from baodao.trials.commands import request_trial
from baodao.trials.forms import PolicyTrialForm
from baodao.trials.models import PolicyTrial
from baodao.trials.queries import (
    policy_trial_of,
    policy_trials,
    summary_of,
    trial_rows_of,
)
from baodao.trials.tables import trial_rows_spec, trial_subjects
from baodao.ui.addresses import row_url
from baodao.ui.guards import choosing, reading
from baodao.ui.listing import Listing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit
from baodao.ui.wording import worded


@choosing
def new_trial(request: ActorRequest, policy_id: UUID) -> HttpResponse:
    """Choose the day, and beside what the policy is tried."""
    # no end: a policy is tried as often as need be
    place = _place(request)
    version = version_of(request.actor, policy_id)
    present = present_version(place, rules_of(version).subject, clock.today())
    others = _others(request.actor, version, present)
    initial = {"day": _first_guess(place), "against": str(present.pk) if present else ""}
    # no edit: first guesses; a trial is never changed
    form = bound(request, partial(PolicyTrialForm, others), initial=initial)
    trials = policy_trials(request.actor).filter(version__policy=policy_id)[:10]
    context = {"version": version, "place": place, "trials": trials}
    page = FormPage(form, "trials/new_trial.html", context)
    act = partial(request_trial, version_id=version.pk, organisation_id=place.pk)
    return submit(request, act, to=_page_of, page=page)


@reading
def trial(request: ActorRequest, trial_id: UUID) -> HttpResponse:
    """A trial: being counted, then by place."""
    row = policy_trial_of(request.actor, trial_id)
    if row.refusal:
        return render(request, "trials/refused.html", {"trial": row, "words": _why(row)})
    if row.done_at is None:
        part = "progress" if request.htmx else "waiting"
        return render(request, f"trials/{part}.html", {"trial": row})
    adopts = is_adoptable(request.actor, request.acting, row.version_id)
    context = {"trial": row, "summary": summary_of(row), "adopts": adopts}
    return render(request, "trials/trial.html", context)


@reading
def trial_rows(request: ActorRequest, trial_id: UUID, organisation_id: int) -> HttpResponse:
    """Everybody under a place of a trial, with the reason."""
    row = policy_trial_of(request.actor, trial_id)
    if row.done_at is None:
        raise Absent("trial")
    place, rows = trial_rows_of(request.actor, row, organisation_id)
    persons = rules_of(row.version).subject in (SubjectKind.PERSON, SubjectKind.CADRE)
    spec = trial_rows_spec(rows, are_persons=persons, is_beside=row.against_id is not None)
    listing = Listing(trial_subjects(rows, are_persons=persons), request, spec)
    return listing.response("trials/trial_rows.html", {"trial": row, "place": place})


def _others(
    actor: Actor, version: PolicyVersion, present: PolicyVersion | None
) -> dict[str, PolicyVersion]:
    """Versions about the same kind of subject beside which one can be tried: what holds first."""
    subject = rules_of(version).subject
    rows = [one for one in last_versions(actor) if rules_of(one).subject is subject]
    others = {str(one.pk): one for one in [*([present] if present else []), *rows]}
    others.pop(str(version.pk), None)
    return others


def _page_of(row: PolicyTrial) -> str:
    return row_url("trials:trial", row.pk)


def _place(request: ActorRequest) -> Organisation:
    place: Organisation | None = request.acting
    if place is None or not request.actor.may(Permission.RECORD_READ, place.path):
        raise Absent("organisation")
    return place


def _why(row: PolicyTrial) -> str:
    """Why nothing was counted."""
    why = dict(row.refusal)
    return str(worded(Refused(why.pop("code"), why.pop("message"), **why)))


def _first_guess(place: Organisation) -> date:
    """The end of last year, or today where nobody was known then."""
    end = date(clock.today().year - 1, 12, 31)
    known = belonged(place).filter(recorded_at__lt=clock.end_of(end))
    return end if known.exists() else clock.today()
