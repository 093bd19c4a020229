"""A community's series: the list, one with its dates, publishing, changing and ending it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.ledger.queries.categories import categories_of
from baodao.offers.kinds.activity.kind import ACTIVITY
from baodao.offers.queries.offers import counted, organisers_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import choice_name
from baodao.orgs.requests import acting_community
from baodao.people.queries.choices import choice_lists_at
from baodao.series.commands import series as commands
from baodao.series.commands.dates import decide_date
from baodao.series.forms import SeriesForm, first_until, series_known
from baodao.series.models import ActivitySeries, SeriesDate
from baodao.series.queries.series import (
    dates_of,
    made_until,
    offers_of_series,
    one_series,
    series_of,
    unknown_years,
)
from baodao.series.rules.series import check_open
from baodao.ui.forms import ReasonForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, question, submit

EDIT = Permission.OFFER_EDIT


@reading
def every(request: ActorRequest) -> HttpResponse:
    """Every series of the community, those that have ended last."""
    community = acting_community(request, Permission.OFFER_READ)
    context = {
        "community": community,
        "series": series_of(request.actor, community),
        "may_edit": request.actor.may(EDIT, community.path),
    }
    return render(request, "series/series.html", context)


@reading
def one(request: ActorRequest, series_id: UUID) -> HttpResponse:
    """What it says, and its dates with their places; a holiday is asked about."""
    series = one_series(request.actor, series_id)
    context = {
        "series": series,
        "dates": dates_of(series),
        "offers": {row.pk: row for row in counted(offers_of_series(request.actor, series.pk))},
        "may_edit": request.actor.may(EDIT, series.community.path),
        "made_until": made_until(series),
        "unknown_years": unknown_years(series),
    }
    return render(request, "series/one.html", context)


def _form(
    request: ActorRequest, community: Organisation, series: ActivitySeries | None = None
) -> SeriesForm:
    """The form for a community; what a series has already can stay."""
    organisers = [community, *organisers_of(request.actor, community).exclude(pk=community.pk)]
    if series is not None and series.organiser not in organisers:
        organisers.append(series.organiser)
    # no edit: first guesses; a series that is there is filled in by `editing`
    form: SeriesForm = bound(
        request,
        SeriesForm,
        kind=ACTIVITY,
        categories=categories_of(community, series.category if series else ""),
        organisers={row.pk: choice_name(row) for row in organisers},
        initial={"organiser": community.pk, **first_until()},
    )
    lists = choice_lists_at(community.path)
    form.fields["specialties"].offer(lists["specialty"])  # type: ignore[attr-defined]
    return form


def _page(series: ActivitySeries) -> str:
    return reverse("series:one", args=[series.pk])


@asking
def new(request: ActorRequest) -> HttpResponse:
    """Publish a series: its dates are offered at once."""
    community = acting_community(request, EDIT)
    form = _form(request, community)
    page = question(
        form,
        gettext("Publish a series"),
        gettext("Publish"),
        gettext("Each date is an activity of its own. Dates on a holiday wait for your word."),
    ).beside(cancel=reverse("series:list"))

    def act(actor: Actor, **_: object) -> ActivitySeries:
        return commands.publish_series(actor, community_id=community.pk, facts=form.series_facts())

    return submit(request, act, to=_page, page=page)


@asking
def edit(request: ActorRequest, series_id: UUID) -> HttpResponse:
    """Change what is said of the dates to come."""
    series = one_series(request.actor, series_id, EDIT)
    form = _form(request, series.community, series)
    form.fix()
    page = _edit_page(form, series).editing(series, series_known)
    page = page.while_open(partial(check_open, ended=series.ended_at is not None))

    def act(actor: Actor, **_: object) -> ActivitySeries:
        return commands.edit_series(actor, series_id=series.pk, facts=form.series_facts())

    return submit(request, act, to=_page(series), message=gettext("Saved."), page=page)


def _edit_page(form: SeriesForm, series: ActivitySeries) -> FormPage:
    return question(
        form,
        gettext("Change “%(title)s”") % {"title": series.title},
        gettext("Save"),
        gettext(
            "It holds for the dates to come that nobody changed by hand. Who claimed one is told."
        ),
    )


@asking
def end(request: ActorRequest, series_id: UUID) -> HttpResponse:
    """End it; everybody who claimed a date to come reads why."""
    series = one_series(request.actor, series_id, EDIT)
    page = question(
        bound(request, ReasonForm),
        gettext("End the series “%(title)s”") % {"title": series.title},
        gettext("End the series"),
        gettext(
            "The dates to come are cancelled, and who claimed them reads why. What has been stays."
        ),
    )
    page = page.while_open(partial(check_open, ended=series.ended_at is not None))
    act = partial(commands.end_series, series_id=series.pk)
    return submit(request, act, to=_page(series), message=gettext("Ended."), page=page)


@writing
def decide(request: ActorRequest, date_id: UUID) -> HttpResponse:
    """Whether a date on a holiday takes place."""
    answer = request.POST.get("takes_place")
    if answer not in ("yes", "no"):
        raise Absent("answer")
    act = partial(decide_date, date_id=date_id, takes_place=answer == "yes")

    def to(row: SeriesDate) -> str:
        return _page(row.series)

    return submit(request, act, to=to, message=gettext("Saved."))
