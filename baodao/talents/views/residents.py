"""Residents' own pages: enter oneself as a talent, look at one's entry, take it back."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from baodao.kernel import quotas
from baodao.kernel.authz import Actor
from baodao.needs.queries.residents import page_by_token
from baodao.people.queries.choices import choice_lists_at
from baodao.talents.commands.talents import confirm_talent, offer_talent, withdraw_talent
from baodao.talents.forms import OwnTalentForm
from baodao.talents.models import Talent
from baodao.talents.queries.talents import services_of, talent_by_code
from baodao.talents.rules.talents import TALENT
from baodao.ui.follow_ups import follow_ups_of
from baodao.ui.forms import ConfirmForm
from baodao.ui.guards import asking, reading, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit, visitor_question


@login_not_required
@asking
def offer(request: ActorRequest, page_token: str) -> HttpResponse:
    """A resident says what they can do for others; an old poster leads on to who took over."""
    # no end: the page of a closed community leads on
    community = page_by_token(page_token).community
    if community.closed_at is not None:
        return redirect("needs:ask", page_token)
    form = bound(request, OwnTalentForm, lists=choice_lists_at(community.path))
    page = FormPage(form, "talents/resident_offer.html", anonymous=True)
    page = page.beside(community=community, token=page_token)

    def act(actor: Actor, **_: object) -> Talent:
        quotas.check_entry("talent.offered", request.META.get("REMOTE_ADDR", ""))
        return offer_talent(actor, token=page_token, facts=form.facts())

    return submit(request, act, to=_address_of, page=page)


def _address_of(talent: Talent) -> str:
    return reverse("talents:own", args=[talent.code])


def page_of_code(code: str) -> str:
    """The page of the entry with this code, for whoever made it. Raises `Absent`."""
    return _address_of(talent_by_code(code))


@login_not_required
@reading
@never_cache
def own(request: ActorRequest, talent_code: str) -> HttpResponse:
    """How one's entry stands, what one served, for whoever knows its code: no telephone."""
    talent = talent_by_code(talent_code)
    context = {
        "talent": talent,
        "live": talent.state in TALENT.live,
        "services": services_of(talent),
        "made": follow_ups_of(request.actor, "talent", [talent.pk]).values(),
    }
    return render(request, "talents/resident_own.html", context)


@login_not_required
@asking
@never_cache
def withdraw(request: ActorRequest, talent_code: str) -> HttpResponse:
    """The consent is taken back and the entry forgotten, once that was asked about."""
    talent = talent_by_code(talent_code)
    page = visitor_question(
        bound(request, ConfirmForm),
        gettext("Take your consent back?"),
        gettext("Take my consent back and delete the entry"),
        gettext("Your entry is deleted at once and cannot be brought back. What you served stays."),
    ).beside(cancel=_address_of(talent))
    page = page.while_open(TALENT.check, talent.state, *TALENT.live)
    act = partial(withdraw_talent, code=talent.code)
    message = gettext("Deleted. Thank you for what you did.")
    return submit(request, act, to=_address_of(talent), message=message, page=page)


@login_not_required
@writing
def keep(request: ActorRequest, talent_code: str) -> HttpResponse:
    """They go on, so that the entry is not forgotten."""
    talent = talent_by_code(talent_code)
    act = partial(confirm_talent, code=talent.code)
    return submit(request, act, to=_address_of(talent), message=gettext("Thank you for going on."))
