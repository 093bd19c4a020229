"""The file of a backup: a zip whose last bytes vouch for all the others.

It is written forwards alone, with bounded memory, and gets its name when it is whole and on the
disk. Its comment is the SHA-256 of the file, hashed as if the comment were zeros, and the signature
of that by the key beside the data keys: a byte that is changed or missing anywhere is noticed
before anything is read back, and so is a file that somebody else wrote.
"""

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from baodao.kernel import signatures
from baodao.kernel.errors import Refused, gettext_noop

MANIFEST = "manifest.json"
DIGEST, SIGNATURE = 64, 128
"""Hexadecimal digits of each."""
ZEROS = b"0" * (DIGEST + SIGNATURE)
PURPOSE = b"baodao backup "
CHUNK = 1 << 20
LEVEL = 4


class Tape:
    """A file written forwards, and the digest of what is on it: the zip cannot go back in it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def write(self, content: Any) -> int:
        """Whole or not at all."""
        self._digest.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        """The zip does not own the file."""

    @property
    def sha256(self) -> bytes:
        return self._digest.hexdigest().encode()


class Writer:
    """Writes `path`, which exists only once `seal` was called; a failure leaves nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(path.name + ".part")
        self._file = open(os.open(self._draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb")  # noqa: SIM115
        self._tape = Tape(self._file)
        self._zip = ZipFile(self._tape, "w", ZIP_DEFLATED, compresslevel=LEVEL)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for part in (self._zip, self._file):
            with suppress(OSError):  # closing writes what is left: a full disk fails once more
                part.close()
        self._draft.unlink(missing_ok=True)

    @contextmanager
    def part(self, name: str) -> Iterator[io.BufferedIOBase]:
        """A compressed member of any size: where to write it."""
        with (
            self._zip.open(name, "w", force_zip64=True) as member,
            io.BufferedWriter(member, CHUNK) as stream,
        ):
            yield stream

    def seal(self, manifest: Mapping[str, object]) -> int:
        """Write the manifest, bring all to the disk, give the file its name; its size in bytes."""
        with self.part(MANIFEST) as stream:
            stream.write(json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        self._zip.comment = ZEROS
        self._zip.close()
        self._file.seek(-len(ZEROS), os.SEEK_END)
        self._file.write(self._tape.sha256)
        signature = signatures.signing_key().sign(PURPOSE + self._tape.sha256)
        self._file.write(signature.hex().encode())
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._draft.rename(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return size


class Reader:
    """Reads a backup of which every byte is as this installation wrote it; else it is refused.

    With `keys_lost` whoever wrote it is not asked for: the key that would tell is lost.
    """

    def __init__(self, path: Path, *, keys_lost: bool = False) -> None:
        self._keys_lost = keys_lost
        try:
            self._file = path.open("rb")
        except OSError as no:
            raise Refused(
                "backup.unreadable",
                gettext_noop("%(file)s cannot be read: %(reason)s."),
                file=str(path),
                reason=no.strerror,
            ) from no
        self.path = path

    def __enter__(self) -> Self:
        try:
            self._compare()
            self._zip = ZipFile(self._file)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
        except (BadZipFile, KeyError, ValueError) as no:
            self._file.close()
            raise broken(self.path) from no
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part as it was before it was compressed."""
        with self._zip.open(name) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def _compare(self) -> None:
        """The whole file with the digest at its end, and that with its signature."""
        digest = hashlib.sha256()
        left = self.path.stat().st_size - len(ZEROS)
        while left > 0 and (chunk := self._file.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
        digest.update(ZEROS)
        tail, sha256 = self._file.read(), digest.hexdigest().encode()
        if left or tail[:DIGEST] != sha256:
            raise broken(self.path)
        if not self._keys_lost and not _signed(sha256, tail[DIGEST:]):
            raise unsigned(self.path)


def _signed(sha256: bytes, signature: bytes) -> bool:
    """Whether the key of this installation, if it has one, signed the digest."""
    key = signatures.own_key()
    try:
        return key is not None and signatures.holds(
            key, bytes.fromhex(signature.decode()), PURPOSE + sha256
        )
    except ValueError:
        return False


def broken(path: Path) -> Refused:
    """The refusal of a file that is not as it was written."""
    return Refused(
        "backup.broken",
        gettext_noop(
            "%(file)s is cut off, changed or no backup of Baodao. Nothing was restored. Take "
            "another copy of it, or the backup before it."
        ),
        file=str(path),
    )


def unsigned(path: Path) -> Refused:
    """The refusal of a file that this installation did not write, or not so."""
    return Refused(
        "backup.unsigned",
        gettext_noop(
            "%(file)s is not signed with the key in %(key)s: somebody changed or made it, or this "
            "is not the key of its time. Nothing was restored. Put the key files that were copied "
            "with it there. If they are lost for ever, --keys-lost restores it all the same, but "
            "nobody can tell then who wrote it."
        ),
        file=str(path),
        key=str(signatures.key_file()),
    )
