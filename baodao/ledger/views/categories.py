"""活动类型, as the authority one acts for edits them."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from baodao.kernel.authz import Actor, Permission
from baodao.ledger.forms import CategoriesForm
from baodao.ledger.queries.categories import dictionary_of
from baodao.ledger.rules.policies import KINDS_OF_SERVICE
from baodao.orgs.commands.policies import clear_policy, set_policy
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import line_of
from baodao.orgs.requests import acting_for
from baodao.orgs.rules.dictionaries import WORD_LENGTH
from baodao.orgs.rules.tree import PLACES
from baodao.ui.guards import asking, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit


def _place(request: ActorRequest) -> Organisation:
    return acting_for(request, PLACES, Permission.SETTING_EDIT)


@asking
def categories(request: ActorRequest) -> HttpResponse:
    """The kinds of service offered here and below: names, hidden ones, a new one."""
    place = _place(request)
    form = bound(request, CategoriesForm, words=dictionary_of(place), prefix_code=place.code)
    own = line_of(KINDS_OF_SERVICE, place).own
    context = {"place": place, "own": own, "most": WORD_LENGTH}
    page = FormPage(form, "ledger/categories.html", context)
    page = page.editing(place, lambda row: form.known(dictionary_of(row)))
    act = partial(_keep, place, form)
    to = reverse("ledger:categories")
    return submit(request, act, to=to, message=gettext("Saved."), page=page)


def _keep(place: Organisation, form: CategoriesForm, actor: Actor, **_: object) -> None:
    words = form.typed()
    set_policy(actor, organisation_id=place.pk, policy=KINDS_OF_SERVICE, value=words)


@writing
def as_above(request: ActorRequest) -> HttpResponse:
    """Take the place's own kinds back: those of the authority above hold again."""
    place = _place(request)
    act = partial(clear_policy, organisation_id=place.pk, policy=KINDS_OF_SERVICE)
    message = gettext("The kinds of the authority above hold again.")
    return submit(request, act, to=reverse("ledger:categories"), message=message)
