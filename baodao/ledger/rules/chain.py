"""The hash chain of one community: what a row says in bytes, and how rows hang together.

The bytes of a row are its line in PostgreSQL's COPY text format (`kernel/copy_lines.py`) with the
columns in `COLUMNS`, so that what is written is what is hashed, and verification streams rows out
of the database and hashes what it gets. A row's hash is `HASH` over the hash before and the line;
the first row hangs on `ROOT`.
"""

from hashlib import sha256

COLUMNS = (
    "community_id",
    "seq",
    "id",
    "recorded_at",
    "person_id",
    "branch_id",
    "served_on",
    "began_at",
    "ended_at",
    "minutes",
    "category",
    "way",
    "place",
    "result",
    "offer_id",
    "offer_title",
    "origin",
    "recipient_confirmed",
    "confirmed_by",
    "recorded_by",
    "account_id",
    "reverses",
    "supersedes",
    "reason",
)
HASH = sha256
ROOT = bytes(HASH().digest_size)


def link(before: bytes, line: bytes) -> bytes:
    """The hash of a row that says `line` and follows the row with the hash `before`."""
    return HASH(before + line).digest()
