"""Asked before any list searches people: a sealed number is searched with a right, and counted."""

from django.contrib import messages

from baodao.kernel.errors import Refused
from baodao.people.commands.searches import note_search
from baodao.people.queries.search import sealed_number
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


def guard(request: ActorRequest, words: str) -> bool:
    """Whether the request may search for these words; names always, numbers as `note_search`."""
    number = sealed_number(words)
    if not number:
        return True
    try:
        note_search(request.actor, place=request.acting, number=number)
    except Refused as refused:
        messages.warning(request, worded(refused))
        return False
    return True
