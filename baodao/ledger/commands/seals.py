"""Sealing the chains: signed heads as facts, and in files that no database password reaches."""

import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings

from baodao.kernel import clock, ids, signatures
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.ledger.models import ChainHead, Seal
from baodao.ledger.queries.seals import KEY_NAME, file_of, filed, sealed_of, unsealed_heads
from baodao.ledger.rules.seals import Sealed, instant_text


@command
def seal(actor: Actor) -> list[Seal]:  # noqa: ARG001 - the worker seals for everybody
    """Sign the head of every chain that has grown; a second run at once changes nothing."""
    key, now, day = signatures.signing_key(), clock.now(), clock.today()
    fresh = []
    for head in unsealed_heads():
        sealed = Sealed(head.community_id, head.seq, bytes(head.hash).hex(), instant_text(now))
        fresh.append(_row(head, day, key.sign(sealed.message)))
    for row in fresh:
        row.sealed_at = now
    Seal.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1_000)
    return fresh


def _row(head: ChainHead, day: date, signature: bytes) -> Seal:
    return Seal(
        community_id=head.community_id,
        id=ids.new_id(),
        day=day,
        seq=head.seq,
        hash=bytes(head.hash),
        records=head.seq,
        signature=signature,
    )


def file_seals(day: date, folder: Path | None = None) -> Path:
    """Write the day's seals into its file; what stands in the file already stays as it is."""
    folder = folder or Path(settings.SEALS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = file_of(folder, day)
    kept = filed(path) if path.exists() else []
    known = {one.key for one in kept}
    rows = map(sealed_of, Seal.objects.filter(day=day).order_by("community", "seq"))
    _write(path, _text(day, [*kept, *(one for one in rows if one.key not in known)]))
    _write(folder / KEY_NAME, signatures.public_pem())
    return path


def _text(day: date, seals: Iterable[Sealed]) -> bytes:
    content = {"day": day.isoformat(), "seals": [one.as_row() for one in seals]}
    return json.dumps(content, indent=1).encode()


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: beside it first, then in its place."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
