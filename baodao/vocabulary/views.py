"""The words of an organisation's tables: seen, taught, taken away."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent
from baodao.orgs.models import Organisation
from baodao.ui.guards import asking, writing
from baodao.ui.requests import ActorRequest
from baodao.ui.submissions import FormPage, bound, submit
from baodao.vocabulary.commands import remove_word, teach
from baodao.vocabulary.forms import PARTED, WordForm
from baodao.vocabulary.models import TableWord
from baodao.vocabulary.queries import tables_taught_by
from baodao.vocabulary.tables import word_lines


@asking
def words(request: ActorRequest) -> HttpResponse:
    """The words that hold at the organisation one acts for; whoever may, teaches one more."""
    place: Organisation | None = request.acting
    if place is None:
        raise Absent("words")
    tables = tables_taught_by(request.actor, place)
    context = {"place": place, "lines": word_lines(request.actor, place)}
    if not tables and request.method == "POST":
        raise Absent("words")
    if not tables:
        return render(request, "vocabulary/words.html", context)
    page = FormPage(
        bound(request, WordForm, tables=tables, place=place), "vocabulary/words.html", context
    )
    act, here = partial(_teach, place.pk), reverse("vocabulary:words")
    return submit(request, act, to=here, message=_("Taught."), page=page)


@writing
def remove(request: ActorRequest, word_id: UUID) -> HttpResponse:
    """Take a word away."""
    act = partial(remove_word, word_id=word_id)
    return submit(request, act, to=reverse("vocabulary:words"), message=_("Removed."))


def _teach(organisation_id: int, actor: Actor, word: str, meaning: str) -> TableWord:
    table, role, fact = meaning.split(PARTED)
    return teach(
        actor, organisation_id=organisation_id, table=table, role=role, word=word, meaning=fact
    )
