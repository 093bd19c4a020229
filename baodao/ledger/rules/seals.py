"""What a seal says, in the bytes that are signed and in the file outside the database."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Sealed:
    """The chain of a community at an instant; `hash` and `signature` in hexadecimal."""

    community_id: int
    seq: int
    hash: str
    sealed_at: str
    signature: str = ""

    @property
    def message(self) -> bytes:
        """The bytes that are signed."""
        parts = ("baodao-seal-1", self.community_id, self.seq, self.hash, self.sealed_at)
        return "\n".join(map(str, parts)).encode()

    @property
    def key(self) -> tuple[int, int]:
        return self.community_id, self.seq

    def as_row(self) -> dict[str, object]:
        """As it stands in the file outside; `records` is the number of rows up to here."""
        return {**asdict(self), "records": self.seq}


def sealed_from(row: dict[str, object]) -> Sealed:
    """The seal in a row of a file; raises `KeyError`, `ValueError` or `TypeError`."""
    return Sealed(
        community_id=int(str(row["community_id"])),
        seq=int(str(row["seq"])),
        hash=bytes.fromhex(str(row["hash"])).hex(),
        sealed_at=str(row["sealed_at"]),
        signature=bytes.fromhex(str(row["signature"])).hex(),
    )


def instant_text(at: datetime) -> str:
    """An instant as it is signed: UTC, with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
