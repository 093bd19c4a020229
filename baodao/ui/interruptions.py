"""What was typed into a form that was not taken, most often because its sender was signed out
meanwhile: kept for them, sealed, until they are signed in and see the form's page again."""

import base64
import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from baodao.kernel.crypto import ring
from baodao.kernel.errors import gettext_noop
from baodao.ui.pages import page_of_typed
from baodao.ui.requests import ActorRequest

AGAIN = gettext_noop("What you typed is here again. It is not saved yet: look at it, send it.")
KEPT = "interrupted"
PURPOSE = "interrupted form"
MOST = 100_000
"""Characters of a form that are kept; more is a file or none of ours."""
UNKEPT = {"csrfmiddlewaretoken", "client_id"}


def keep_typed(request: HttpRequest, account_id: UUID) -> bool:
    """Keep what this account typed into the form, and say whether it will be there again.

    Files are not kept. The session holds it: another browser does not see it, nor does another
    account that signs in.
    """
    page = page_of_typed(request.path)
    if page is None:
        return False
    typed = {name: texts for name, texts in request.POST.lists() if name not in UNKEPT}
    kept = json.dumps({"account": str(account_id), "path": page, "typed": typed})
    if len(kept) > MOST:
        return False
    request.session[KEPT] = base64.b64encode(ring().seal(kept, PURPOSE)).decode()
    return True


def typed_before(request: ActorRequest) -> QueryDict | None:
    """What the reader typed into the form of this page, and it was not taken; told once."""
    if request.typed_again is not None:
        return request.typed_again
    sealed = request.session.get(KEPT)
    if sealed is None or request.method != "GET":
        return None
    kept = json.loads(ring().unseal(base64.b64decode(sealed), PURPOSE))
    if kept["path"] != request.path or kept["account"] != str(request.actor.account_id):
        return None
    del request.session[KEPT]
    typed = QueryDict(mutable=True)
    typed.update(MultiValueDict(kept["typed"]))
    request.typed_again = typed
    return typed


def tell_typed(request: ActorRequest) -> None:
    """Say above the page that what was typed is there again; a form of `submissions.bound` says it
    itself."""
    messages.warning(request, gettext(AGAIN))
