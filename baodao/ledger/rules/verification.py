"""Walking a chain: every line hashed after the one before, and what a break in it means."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from baodao.kernel.errors import gettext_noop
from baodao.ledger.rules.chain import HASH, ROOT

HEX = 2 * len(ROOT)
START = HEX + 1
"""A streamed line is the stored hash in hexadecimal, a tab, the row's line, a line feed."""


class Damage(StrEnum):
    """What was done to a chain."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT = "cut"
    HEAD = "head"
    SEAL = "seal"


MESSAGES: dict[Damage, str] = {
    Damage.EDITED: gettext_noop(
        "Record %(seq)s of %(community)s is not what was recorded: a column was changed."
    ),
    Damage.DELETED: gettext_noop("Record %(seq)s of %(community)s was deleted."),
    Damage.INSERTED: gettext_noop(
        "Record %(seq)s of %(community)s was not recorded here: it was put in between or behind."
    ),
    Damage.REORDERED: gettext_noop(
        "Record %(seq)s of %(community)s stands where another stood: the order was changed."
    ),
    Damage.CUT: gettext_noop("The chain of %(community)s was cut off from record %(seq)s on."),
    Damage.HEAD: gettext_noop(
        "The end of the chain of %(community)s, record %(seq)s, was changed."
    ),
    Damage.SEAL: gettext_noop(
        "The chain of %(community)s does not agree with its seal at record %(seq)s: it was "
        "written anew up to there, or the seal was changed or deleted."
    ),
}


class Doubt(StrEnum):
    """What a verification cannot prove: who rewrote rows with all their hashes is not seen."""

    NEVER_SEALED = "never-sealed"
    SINCE_SEAL = "since-seal"
    NO_FILES = "no-files"


DOUBTS: dict[Doubt, str] = {
    Doubt.NEVER_SEALED: gettext_noop(
        "%(records)s records in %(chains)s chains were never sealed. Run `baodao ledger seal`."
    ),
    Doubt.SINCE_SEAL: gettext_noop(
        "%(records)s records in %(chains)s chains came after their last seal. The worker seals "
        "every night; `baodao ledger seal` seals now."
    ),
    Doubt.NO_FILES: gettext_noop(
        "No files of seals were compared: who holds the database can write its seals anew. Name "
        "the folder in which copies are kept with --seals."
    ),
}


@dataclass(frozen=True)
class Walked:
    """How far a chain holds: rows that hang together, the last hash; `broken` is the next line."""

    rows: int
    hash: bytes
    last: bytes
    broken: bytes | None = None


def walk(lines: Iterable[bytes | memoryview]) -> Walked:
    """Hash the streamed lines of one chain up to the first that does not fit.

    This loop is the whole cost of verification; it does nothing else.
    """
    before, rows, text = ROOT, 0, b""
    for rows, line in enumerate(lines, start=1):
        text = bytes(line)
        digest = HASH(before + text[START:-1]).digest()
        if digest.hex().encode() != text[:HEX]:
            return Walked(rows - 1, before, b"", text)
        before = digest
    return Walked(rows, before, text)


def fields_of(line: bytes) -> list[bytes]:
    """The columns of a streamed line, the stored hash first."""
    return line.rstrip(b"\n").split(b"\t")


def seq_of(line: bytes) -> int:
    """The place that a streamed line says it has."""
    return int(fields_of(line)[2])


def id_of(line: bytes) -> str:
    """The record's id in a streamed line."""
    return fields_of(line)[3].decode()


def origin_of(broken: bytes, lines: Iterable[bytes | memoryview]) -> int | None:
    """The place that a broken line had when it was recorded, if the chain still shows it.

    A row that was only moved hangs, with its old place, on some row that is still there: on its
    old neighbour where it stands, or where the two changed places.
    """
    stored = broken[:HEX]
    community, _, rest = broken[START:].rstrip(b"\n").split(b"\t", 2)

    def fits(before: bytes, seq: int) -> bool:
        line = b"%b\t%d\t%b" % (community, seq, rest)
        return HASH(before + line).hexdigest().encode() == stored

    if fits(ROOT, 1):
        return 1
    for line in lines:
        text = bytes(line)
        before, place = bytes.fromhex(text[:HEX].decode()), seq_of(text)
        for seq in (place + 1, place):
            if fits(before, seq):
                return seq
    return None
