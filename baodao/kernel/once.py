"""A write that carries a client's id happens once: the same id again gives the same answer."""

import hashlib
import json
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.models import ClientRequest

Answer = dict[str, str]


class Reused(Refused):
    """The id was used before by somebody else or with another body (422)."""

    def __init__(self) -> None:
        super().__init__(
            "request.reused",
            gettext_noop("This form was sent before with other content. Open the page again."),
        )


def once(
    actor: Actor, client_id: UUID, body: Mapping[str, object], act: Callable[[], Answer]
) -> tuple[Answer, bool]:
    """The answer of `act`, and whether it was given before; `act` runs in the same transaction.

    Of fifty copies at once one acts; the others wait for its commit and repeat its answer.
    Raises `Reused`. When `act` raises, nothing is kept and the id may be tried again.
    """
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(canonical.encode()).digest()
    with transaction.atomic():
        fresh = ClientRequest(id=client_id, account_id=actor.account_id, digest=digest)
        claimed = ClientRequest.objects.bulk_create([fresh], ignore_conflicts=True)
        held = ClientRequest.objects.select_for_update().get(id=claimed[0].id)
        if bytes(held.digest) != digest or held.account_id != actor.account_id:
            raise Reused
        if held.answer:
            return held.answer, True
        held.answer = act()
        held.save(update_fields=["answer"])
        return held.answer, False
