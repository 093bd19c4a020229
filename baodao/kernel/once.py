"""A write that carries a client's id happens once: the same id again gives the same answer."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.models import ClientRequest

Answer = dict[str, str]
"""What a form is answered with: where to go."""

A = TypeVar("A", bound=dict[str, Any])


class Reused(Refused):
    """The id was used before by somebody else or with another body (422)."""

    def __init__(self) -> None:
        super().__init__(
            "request.reused",
            gettext_noop("This form was sent before with other content. Open the page again."),
        )


def once(
    actor: Actor, client_id: UUID, body: Mapping[str, object], act: Callable[[], A]
) -> tuple[A, bool]:
    """The answer of `act`, and whether it was given before; `act` runs in the same transaction.

    An answer is a filled dictionary of what JSON can hold. Of fifty copies at once one acts; the
    others wait for its commit and repeat its answer. Raises `Reused`. When `act` raises, nothing
    is kept and the id may be tried again.
    """
    digest = _digest(body)
    with transaction.atomic():
        fresh = ClientRequest(id=client_id, account_id=actor.account_id, digest=digest)
        claimed = ClientRequest.objects.bulk_create([fresh], ignore_conflicts=True)
        kept = ClientRequest.objects.select_for_update().get(id=claimed[0].id)
        if bytes(kept.digest) != digest or kept.account_id != actor.account_id:
            raise Reused
        if kept.answer:
            return kept.answer, True
        answer = act()
        kept.answer = answer
        kept.save(update_fields=["answer"])
        return answer, False


def answered(actor: Actor, client_id: UUID, body: Mapping[str, object]) -> Answer | None:
    """What the actor was answered when they sent this before; None when they did not."""
    rows = ClientRequest.objects.filter(account_id=actor.account_id, digest=_digest(body))
    kept = rows.filter(id=client_id).first()
    return kept.answer or None if kept else None


def _digest(body: Mapping[str, object]) -> bytes:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).digest()
