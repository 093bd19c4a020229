"""What was typed into a form that was not taken, because its sender was signed out meanwhile: kept
for them, sealed, until they are signed in and see the form's page again."""

import base64
import json
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from baodao.kernel.crypto import ring
from baodao.ui.pages import ASKS, view_at
from baodao.ui.requests import ActorRequest

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
    if not hasattr(view_at(request.path), ASKS):
        return False
    typed = {name: texts for name, texts in request.POST.lists() if name not in UNKEPT}
    kept = json.dumps({"account": str(account_id), "path": request.path, "typed": typed})
    if len(kept) > MOST:
        return False
    request.session[KEPT] = base64.b64encode(ring().seal(kept, PURPOSE)).decode()
    return True


def typed_before(request: ActorRequest) -> QueryDict | None:
    """What the reader typed into the form of this page before they were signed out; told once."""
    sealed = request.session.get(KEPT)
    if sealed is None or request.method != "GET":
        return None
    kept = json.loads(ring().unseal(base64.b64decode(sealed), PURPOSE))
    if kept["path"] != request.path or kept["account"] != str(request.actor.account_id):
        return None
    del request.session[KEPT]
    typed = QueryDict(mutable=True)
    typed.update(MultiValueDict(kept["typed"]))
    return typed
