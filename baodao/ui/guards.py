"""What stands before a view: its verbs, for whom the request acts, and how people are searched."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baodao.kernel.errors import Absent
from baodao.ui.interruptions import typed_before
from baodao.ui.pages import ACTS_ONLY, ASKS, TYPED_ON
from baodao.ui.requests import ActorRequest

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]

reading = require_safe


def writing(view: View[P]) -> View[P]:
    """An act that a form sends; it has no page of its own (`pages.page_above` finds one)."""
    guarded: View[P] = require_POST(view)
    setattr(guarded, ACTS_ONLY, True)
    return guarded


def writing_typed(page: str) -> Callable[[View[P]], View[P]]:
    """An act that a form sends with what is typed in a list: the page of this name shows it again,
    when it was not taken."""

    def guard(view: View[P]) -> View[P]:
        guarded = writing(view)
        setattr(guarded, TYPED_ON, page)
        return guarded

    return guard


def choosing(view: View[P]) -> View[P]:
    """A form of choices, or of a file, with its page at one address; nothing is typed into it."""
    guarded: View[P] = require_http_methods(["GET", "HEAD", "POST"])(view)
    return guarded


def asking(view: View[P]) -> View[P]:
    """A form with its page at one address, where what was typed is shown again."""
    guarded = choosing(view)
    setattr(guarded, ASKS, True)
    return guarded


def member_only(view: View[P]) -> View[P]:
    """Pages about oneself: who is no person of a roster has none of them."""

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.actor.person_id is None:
            raise Absent("member")
        return view(request, *args, **kwargs)

    return guarded


def ids_of(request: ActorRequest, name: str = "ids") -> list[UUID]:
    """The ticked rows of a list, as a form or a link has them, or a form had that was not taken;
    what is no id was not made by our page."""
    sent = request.POST if request.method == "POST" else typed_before(request) or request.GET
    try:
        return [UUID(value) for value in sent.getlist(name)]
    except ValueError as error:
        raise Absent("id") from error


class NumberGuard(Protocol):
    """What the slice that knows people says of searching them by a number."""

    def may_search(self, request: ActorRequest, words: str) -> bool:
        """Whether they may be searched for these words now; the reader is told when not."""
        ...

    def offers_numbers(self, request: ActorRequest) -> bool:
        """Whether the reader may search them by a number at all."""
        ...


_number_guards: list[NumberGuard] = []


def register_number_guard(guard: NumberGuard) -> None:
    """Ask `guard` before people are searched."""
    _number_guards.append(guard)


def may_search(request: ActorRequest, words: str) -> bool:
    """Whether people may be searched for these words in the organisation acted for."""
    return all(guard.may_search(request, words) for guard in _number_guards)


def person_words(request: ActorRequest) -> str:
    """The words by which people are looked for in a form; none where they may not be."""
    words = request.POST.get("q", "").strip()[:60]
    return words if may_search(request, words) else ""


def search_hint(request: ActorRequest, words: str) -> str:
    """By what people are searched: `words`, and the end of a number for whom that is answered."""
    offered = all(guard.offers_numbers(request) for guard in _number_guards)
    return gettext("%(words)s, end of ID number") % {"words": words} if offered else words
