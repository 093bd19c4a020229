"""活动类型, as the authority one acts for edits them."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.ledger.commands.categories import set_categories
from baodao.ledger.forms import CategoriesForm
from baodao.ledger.queries.categories import CATEGORY_SETTING, dictionary_of
from baodao.orgs.models import Organisation
from baodao.orgs.queries import own_dictionary
from baodao.orgs.rules import PLACES
from baodao.orgs.rules.settings import WORD_LENGTH
from baodao.ui.guards import acting_for, asking, writing
from baodao.ui.posts import kept, send
from baodao.ui.requests import ActorRequest


def _place(request: ActorRequest) -> Organisation:
    place: Organisation = acting_for(request, PLACES, Permission.SETTING_EDIT)
    return place


@asking
def categories(request: ActorRequest) -> HttpResponse:
    """The kinds of service offered here and below: names, hidden ones, a new one."""
    place = _place(request)
    words = dictionary_of(place)
    sent = request.POST if request.method == "POST" else None
    form = CategoriesForm(sent, words=words, prefix_code=place.code)
    here = reverse("ledger:categories")
    if form.is_valid() and kept(request, form, partial(_keep, place.pk, form), to=here):
        form = CategoriesForm(words=dictionary_of(place), prefix_code=place.code)
    own = own_dictionary(place, CATEGORY_SETTING)
    context = {"form": form, "place": place, "own": own, "most": WORD_LENGTH}
    status = 422 if form.errors else 200
    return render(request, "ledger/categories.html", context, status=status)


def _keep(place_id: int, form: CategoriesForm, actor: Actor) -> None:
    set_categories(actor, organisation_id=place_id, words=form.typed())


@writing
def as_above(request: ActorRequest) -> HttpResponse:
    """Take the place's own kinds back: those of the authority above hold again."""
    place = _place(request)

    def act(actor: Actor) -> None:
        set_categories(actor, organisation_id=place.pk, words=())

    said = gettext("The kinds of the authority above hold again.")
    return send(request, act, to=reverse("ledger:categories"), said=said)
