"""The seals in the table and in the files outside it."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import connection
from django.db.models import Exists, Max, OuterRef

from baodao.kernel import signatures
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.models import ChainHead, Seal
from baodao.ledger.rules.seals import Sealed, instant_text, sealed_from

KEY_NAME = "public.pem"
_OLDEST = """
    SELECT min(r.recorded_at)
    FROM unnest(%s::bigint[], %s::bigint[]) AS first (community_id, seq)
    JOIN ledger_servicerecord r ON r.community_id = first.community_id AND r.seq = first.seq"""
"""Of the first record of each chain that is not sealed."""


def seal_rows(community_id: int) -> Iterator[Sealed]:
    """The seals of a community that the table holds, the oldest first."""
    rows = Seal.objects.filter(community=community_id).order_by("seq")
    return map(sealed_of, rows.iterator(chunk_size=2_000))


def known_keys(seals: Collection[Sealed]) -> set[tuple[int, int]]:
    """Which of these seals the table holds too, by community and place."""
    rows = Seal.objects.filter(seq__in={one.seq for one in seals})
    rows = rows.filter(community__in={one.community_id for one in seals})
    return set(rows.values_list("community", "seq"))


def last_sealed(places: Collection[int]) -> dict[int, int]:
    """Up to which record each of these communities is sealed; those never sealed are left out."""
    rows = Seal.objects.filter(community__in=places).values_list("community")
    return dict(rows.order_by().annotate(last=Max("seq")))


def sealed_of(row: Seal) -> Sealed:
    """A row of the table as it is signed and filed."""
    return Sealed(
        row.community_id,
        row.seq,
        bytes(row.hash).hex(),
        instant_text(row.sealed_at),
        bytes(row.signature).hex(),
    )


def unsealed_heads() -> list[ChainHead]:
    """Chains that have grown since they were sealed last."""
    sealed = Seal.objects.filter(community=OuterRef("community"), seq=OuterRef("seq"))
    return list(ChainHead.objects.filter(~Exists(sealed), seq__gt=0).order_by("community"))


def unsealed_since() -> datetime | None:
    """When the oldest record was recorded that no seal covers yet; None when all are covered."""
    places = [head.community_id for head in unsealed_heads()]
    sealed = last_sealed(places)
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [places, [sealed.get(place, 0) + 1 for place in places]])
        since: datetime | None = cursor.fetchone()[0]
    return since


def file_of(folder: Path, day: date) -> Path:
    """Where the seals of a day are kept."""
    return folder / f"{day.isoformat()}.json"


def filed(path: Path) -> list[Sealed]:
    """The seals in one file; refused when it cannot be read."""
    try:
        return [sealed_from(row) for row in json.loads(path.read_text())["seals"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(
            "seal.unreadable",
            gettext_noop("The file of seals %(file)s cannot be read."),
            file=str(path),
        ) from error


def files_in(folder: Path) -> list[Path]:
    """The files of a folder, the oldest day first."""
    return sorted(folder.glob("????-??-??.json"))


def key_in(folder: Path | None) -> signatures.PublicKey:
    """The key to check with: this installation's; without it, the one beside the files."""
    if not signatures.key_file().exists() and folder and (folder / KEY_NAME).exists():
        return signatures.public_key((folder / KEY_NAME).read_bytes())
    return signatures.signing_key().public_key()
