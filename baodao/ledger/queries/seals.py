"""The seals in the table and in the files outside it."""

import json
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from baodao.kernel import signing
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ledger.models import ChainHead, Seal
from baodao.ledger.rules.seals import Sealed, instant_text, sealed_from

KEY_NAME = "public.pem"


def seal_rows(community_ids: Collection[int] | None = None) -> Iterator[Sealed]:
    """The seals that the table holds, in the order of their communities and places."""
    rows = Seal.objects.order_by("community", "seq")
    if community_ids is not None:
        rows = rows.filter(community__in=community_ids)
    return map(sealed_of, rows.iterator(chunk_size=2_000))


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
    known = set(Seal.objects.values_list("community", "seq"))
    heads = ChainHead.objects.filter(seq__gt=0).order_by("community")
    return [head for head in heads if (head.community_id, head.seq) not in known]


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


def seals_in(folder: Path) -> list[Sealed]:
    """All seals in the files of a folder."""
    return [seal for path in sorted(folder.glob("????-??-??.json")) for seal in filed(path)]


def key_in(folder: Path | None) -> signing.PublicKey:
    """The key to check with: this installation's; without it, the one beside the files."""
    if not signing.key_file().exists() and folder and (folder / KEY_NAME).exists():
        return signing.public_key((folder / KEY_NAME).read_bytes())
    return signing.signing_key().public_key()
