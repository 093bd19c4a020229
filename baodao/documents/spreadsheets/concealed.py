"""Which rows and columns of a workbook's sheets are hidden or filtered out of sight.

calamine does not tell. The XML of a sheet is looked through while its parts are checked, piece by
piece, so that nothing is unpacked twice; only pieces that speak of hiding are looked at closely.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
MAX_DIRECTORY = 2**20
SIGNS = (b"hidden=", b'ht="0"', b'width="0"')
TAG = re.compile(rb"<(?:\w+:)?(row|col)\b([^<>]*)>")
CONCEALING = re.compile(rb'\bhidden="(?:1|true)"|\b(?:ht|width)="0"')
ROW = re.compile(rb'\br="([0-9]{1,7})"')
FROM = re.compile(rb'\bmin="([0-9]{1,5})"')
TO = re.compile(rb'\bmax="([0-9]{1,5})"')
MOST_COLUMNS = 300


@dataclass
class Concealed:
    """Hidden rows as Excel numbers them, and hidden columns from zero."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)


class ConcealedScan:
    """Reads the XML of one sheet in pieces."""

    def __init__(self) -> None:
        self.concealed = Concealed()
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Look through the next piece; a tag that it cuts is looked at with the next."""
        whole = self._rest + piece
        end = max(0, whole.rfind(b"<"))
        self._rest = whole[end:] if len(whole) - end < 4_096 else b""
        if any(sign in whole for sign in SIGNS):
            for match in TAG.finditer(whole[: end or None]):
                if CONCEALING.search(match[2]):
                    self._note(match[1], match[2])

    def _note(self, tag: bytes, attributes: bytes) -> None:
        if tag == b"row":
            if row := ROW.search(attributes):
                self.concealed.rows.add(int(row[1]))
            return
        first, last = FROM.search(attributes), TO.search(attributes)
        if first and last:
            columns = range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))
            self.concealed.columns.update(columns)


def titles_of(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Part name of each sheet → its title; empty where the directory cannot be read.

    The parts must have been checked: they are parsed here.
    """
    try:
        sheets = _root(archive, WORKBOOK).iter()
        relations = _root(archive, RELATIONS).iter()
    except (KeyError, ParseError, DefusedXmlException, ValueError):
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    parts: dict[str, str] = {}
    for sheet in sheets:
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((v for k, v in sheet.attrib.items() if k.rpartition("}")[2] == "id"), None)
        target = targets.get(link) or ""
        parts[f"xl/{target}" if not target.startswith("/") else target[1:]] = sheet.get("name", "")
    return parts


def _root(archive: zipfile.ZipFile, part: str) -> Element:
    if archive.getinfo(part).file_size > MAX_DIRECTORY:
        raise ValueError(part)
    root: Element = fromstring(archive.read(part))
    return root
