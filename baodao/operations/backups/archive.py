"""The file of a backup: a tar of compressed parts and, last, a manifest that vouches for them.

The parts are written as they come, with bounded memory; the file gets its name when it is whole
and on the disk. Every byte that is read back has been compared before: parts by the manifest,
the manifest by its own digest.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self

from baodao.kernel.errors import Refused, gettext_noop

MANIFEST, SEAL = "manifest.json", "manifest.sha256"
BLOCK = tarfile.BLOCKSIZE
CHUNK = 1 << 20
LEVEL = 4
MOST_MANIFEST = 64 * CHUNK


class Member(io.RawIOBase):
    """One member of the tar while it is written: what came so far, and its digest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        """Whole or not at all."""
        self._file.write(content)
        self._digest.update(content)
        self.size += len(content)
        return len(content)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Writer:
    """Writes `path`, which exists only once `seal` was called; a failure leaves nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(path.name + ".part")
        self._file = open(os.open(self._draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb")  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # closing writes what is left: on a full disk it fails once more
            self._file.close()
        self._draft.unlink(missing_ok=True)

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        """A member whose size is known at its end: its header is written then."""
        begins = self._file.tell()
        self._file.write(bytes(BLOCK))
        held = Member(self._file)
        yield held
        self._file.write(bytes(-held.size % BLOCK))
        ends = self._file.tell()
        header = tarfile.TarInfo(name)
        header.size, header.mode, header.mtime = held.size, 0o600, int(time.time())
        self._file.seek(begins)
        self._file.write(header.tobuf(tarfile.GNU_FORMAT))
        self._file.seek(ends)

    @contextmanager
    def part(self, name: str) -> Iterator[tuple[IO[bytes], Member]]:
        """A compressed member: where to write, and what to say of it afterwards."""
        with self.member(name) as held:
            packed = gzip.GzipFile("", "wb", LEVEL, held, mtime=0)
            with packed, io.BufferedWriter(packed, CHUNK) as stream:
                yield stream, held

    def seal(self, manifest: Mapping[str, object]) -> int:
        """Write the manifest, bring all to the disk, give the file its name; its size."""
        content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        for name, written in ((MANIFEST, content), (SEAL, _digest(content).encode())):
            with self.member(name) as held:
                held.write(written)
        self._file.write(bytes(2 * BLOCK))
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
    """Reads a backup whose every part is as it was written; anything else is refused."""

    def __init__(self, path: Path) -> None:
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
            self._tar = tarfile.open(fileobj=self._file, mode="r:")
            self._members = {member.name: member for member in self._tar}
            self.manifest: dict[str, Any] = self._manifest()
            self._compare()
        except tarfile.TarError as no:
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
        with gzip.open(self._stored(name), "rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def _stored(self, name: str) -> IO[bytes]:
        member = self._members.get(name)
        content = self._tar.extractfile(member) if member is not None else None
        if content is None:
            raise broken(self.path)
        return content

    def _manifest(self) -> dict[str, Any]:
        """Written last: where it is missing, the file was cut."""
        last = self._members.get(SEAL)
        if last is None:
            raise broken(self.path)
        whole = last.offset_data + BLOCK + 2 * BLOCK
        if self.path.stat().st_size != whole:
            raise broken(self.path)
        content = self._stored(MANIFEST).read(MOST_MANIFEST)
        if _digest(content).encode() != self._stored(SEAL).read():
            raise broken(self.path)
        manifest: dict[str, Any] = json.loads(content)
        return manifest

    def _compare(self) -> None:
        """Every part against its digest in the manifest."""
        for table in self.manifest["tables"]:
            if not table["file"]:
                continue
            digest = hashlib.sha256()
            stored = self._stored(table["file"])
            while chunk := stored.read(CHUNK):
                digest.update(chunk)
            if digest.hexdigest() != table["sha256"]:
                raise broken(self.path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


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
