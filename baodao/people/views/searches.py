"""Asked before any list searches people: a sealed number is searched with a right, and counted."""

from django.contrib import messages

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused
from baodao.people.commands.searches import note_search
from baodao.people.queries.search import sealed_number
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded


class PeopleGuard:
    """Names are searched always, numbers as `note_search` allows."""

    def may_search(self, request: ActorRequest, words: str) -> bool:
        """Count a search by a number; say why when it is refused."""
        number = sealed_number(words)
        if not number:
            return True
        try:
            note_search(request.actor, place=request.acting, number=number)
        except Refused as refused:
            messages.warning(request, worded(refused))
            return False
        return True

    def offers_numbers(self, request: ActorRequest) -> bool:
        """Whether the reader may see numbers in full where they act, and so search by them."""
        place = request.acting
        return place is not None and request.actor.may(Permission.PERSON_UNMASK, place.path)
