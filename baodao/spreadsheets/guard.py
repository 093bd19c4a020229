"""What a file is and whether it may be opened, from its bytes alone and without unpacking it whole.

The limits leave room for 100,000 rows of twenty columns (about 100 MB of XML) and no more.
"""

import io
import struct
import zipfile
import zlib
from typing import Protocol

from baodao.spreadsheets.looks import SheetLooks
from baodao.spreadsheets.other_formats import reason_of_ole, reason_of_zip
from baodao.spreadsheets.parts import SHEETS, read_comments, struck_styles, titles_of
from baodao.spreadsheets.refusals import unreadable
from baodao.spreadsheets.scans import DECLARATIONS, CellScan, ConcealedScan, FormulaScan

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAX_PARTS = 3_000
MAX_UNPACKED = 400 * 2**20
BOMB_RATIO = 150
BOMB_FLOOR = 16 * 2**20
CHUNK = 2**20
OVERLAP = 32
PAPERS = ("WordDocument", "PowerPoint Document")
WORKBOOK_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
FILE_PASS = 0x002F


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise unreadable("truncated") from error


def inspect_directory(content: bytes) -> int:
    """Refuse a zip that is no workbook, is cut, too big or a bomb, by its directory alone.

    Returns the unpacked size in bytes.
    """
    with _opened(content) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        packed = max(1, len(content))
        if len(parts) > MAX_PARTS or (size > BOMB_FLOOR and size / packed > BOMB_RATIO):
            raise unreadable("bomb")
        if size > MAX_UNPACKED:
            raise unreadable("too-large")
        if any(part.flag_bits & 1 for part in parts):
            raise unreadable("encrypted")
        names = [part.filename for part in parts]
        if not any(name.lower().endswith("xl/workbook.xml") for name in names):
            raise unreadable(reason_of_zip(names))
    return size


class Scan(Protocol):
    """Looks at a part while it is unpacked in pieces."""

    def feed(self, piece: bytes) -> None: ...


def inspect_parts(content: bytes) -> dict[str, SheetLooks]:
    """Refuse a zip of which a part is longer than it says, is cut, or declares entities.

    Returns how its sheets look, by their titles.
    """
    with _opened(content) as archive:
        sheets = [part for part in archive.infolist() if SHEETS.match(part.filename)]
        for part in archive.infolist():
            if part not in sheets:
                _inspect_part(archive, part)
        struck, titles = struck_styles(archive), titles_of(archive)
        every = {part.filename: SheetLooks() for part in sheets}
        for part in sheets:
            looks = every[part.filename]
            formulas = FormulaScan()
            scans = (ConcealedScan(looks), CellScan(struck, looks), formulas)
            _inspect_part(archive, part, *scans)
            if formulas.never_calculated:
                raise unreadable("formulas")
            read_comments(archive, part.filename, looks)
    return {titles[part]: one for part, one in every.items() if part in titles}


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *scans: Scan) -> None:
    """Unpack one part in small pieces: its checksum holds and, if XML, it declares nothing.

    A part that is longer than it says fails its checksum: zipfile stops at the stated length.
    """
    xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail = b""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                for scan in scans:
                    scan.feed(chunk)
                if xml:
                    window = (tail + chunk).replace(b"\x00", b"") if b"\x00" in chunk else chunk
                    window = tail + window if window is chunk else window
                    if DECLARATIONS.are_in(window):
                        raise unreadable("external-entity")
                    tail = chunk[-OVERLAP:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise unreadable("truncated") from error
    except (NotImplementedError, RuntimeError) as error:
        raise unreadable("not-a-spreadsheet") from error


def inspect_ole(content: bytes) -> None:
    """Refuse an old-format file that is cut, encrypted, or holds no workbook."""
    if len(content) < 512:
        raise unreadable("truncated")
    (shift,) = struct.unpack_from("<H", content, 30)
    (directory,) = struct.unpack_from("<I", content, 48)
    if shift not in (9, 12):
        raise unreadable("not-a-spreadsheet")
    start = (directory + 1) << shift
    if start + 128 > len(content):
        raise unreadable("truncated")
    if _named("EncryptedPackage") in content or _has_file_pass(content):
        raise unreadable("encrypted")
    if _named("Workbook") not in content and _named("Book") not in content:
        raise unreadable(reason_of_ole([paper for paper in PAPERS if _named(paper) in content]))


def _has_file_pass(content: bytes) -> bool:
    """Whether one of the first records of the workbook says that the others are encrypted."""
    start = at = content.find(WORKBOOK_START)
    while start <= at < min(start + 512, len(content) - 4) and start >= 0:
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == FILE_PASS:
            return True
        at += 4 + length
    return False


def _named(stream: str) -> bytes:
    return stream.encode("utf-16-le") + b"\x00\x00"
