"""The small parts of an xlsx file beside its sheets: their titles, comments, and what is struck.

The parts must have been checked before: they are parsed here. One that cannot be read says nothing.
"""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from baodao.spreadsheets.looks import SheetLooks, place_of

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
LARGEST = 4 * 2**20
LARGEST_STRINGS = 64 * 2**20
STRING = re.compile(rb"<(?:\w+:)?si\s*/>|<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
RUN = re.compile(rb"<(?:\w+:)?r\b[^>]*>(.*?)</(?:\w+:)?r>", re.DOTALL)
STRIKE = re.compile(rb'<(?:\w+:)?strike\b(?![^>]*val="(?:0|false)")')
UNREADABLE = (KeyError, ParseError, DefusedXmlException, ValueError)


@dataclass(frozen=True)
class StruckStyles:
    """Which styles of cells and which shared strings are struck through, by their numbers."""

    styles: frozenset[int] = frozenset()
    strings: frozenset[int] = frozenset()


def titles_of(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Part name of each sheet → its title; empty where the directory cannot be read."""
    try:
        sheets = list(_root(archive, WORKBOOK).iter())
        targets = _targets(archive, RELATIONS)
    except UNREADABLE:
        return {}
    parts: dict[str, str] = {}
    for sheet in sheets:
        if _tag(sheet) != "sheet":
            continue
        link = next((v for k, v in sheet.attrib.items() if k.rpartition("}")[2] == "id"), "")
        _, target = targets.get(link, ("", ""))
        parts[target] = sheet.get("name", "")
    return parts


def struck_styles(archive: zipfile.ZipFile) -> StruckStyles:
    """What of a workbook's styles and strings is struck through; mostly nothing."""
    return StruckStyles(_styles(archive), _strings(archive))


def read_comments(archive: zipfile.ZipFile, part: str, looks: SheetLooks) -> None:
    """Put the comments on a sheet, given by its part's name, into its `looks`."""
    folder, name = posixpath.split(part)
    try:
        targets = _targets(archive, f"{folder}/_rels/{name}.rels")
        links = [target for kind, target in targets.values() if kind.endswith("/comments")]
        roots = [_root(archive, link) for link in links]
    except UNREADABLE:
        return
    for root in roots:
        authors = [one.text or "" for one in root.iter() if _tag(one) == "author"]
        for comment in (one for one in root.iter() if _tag(one) == "comment"):
            place = place_of(comment.get("ref", ""))
            text = "".join(one.text or "" for one in comment.iter() if _tag(one) == "t")
            by = comment.get("authorId", "")
            author = authors[int(by)] if by.isdecimal() and int(by) < len(authors) else ""
            if place is not None:
                looks.comment(*place, text, author)


def _styles(archive: zipfile.ZipFile) -> frozenset[int]:
    try:
        root = _root(archive, STYLES)
    except UNREADABLE:
        return frozenset()
    lists = {_tag(one): list(one) for one in root}
    struck = {
        str(number)
        for number, font in enumerate(lists.get("fonts", ()))
        if any(_tag(one) == "strike" and one.get("val", "1") not in ("0", "false") for one in font)
    }
    formats = enumerate(lists.get("cellXfs", ()))
    return frozenset(number for number, style in formats if style.get("fontId") in struck)


def _strings(archive: zipfile.ZipFile) -> frozenset[int]:
    """Shared strings of which every part is struck through."""
    try:
        if archive.getinfo(STRINGS).file_size > LARGEST_STRINGS:
            return frozenset()
    except KeyError:
        return frozenset()
    content = archive.read(STRINGS)
    if b"strike" not in content:
        return frozenset()
    strings = enumerate(STRING.finditer(content))
    return frozenset(number for number, match in strings if is_struck(match[0]))


def is_struck(string: bytes) -> bool:
    """Whether a text, given as XML, is struck through in all of its parts."""
    runs = [run for run in RUN.findall(string) if b"t>" in run]
    return bool(runs) and all(map(STRIKE.search, runs))


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to: id → (type, part name)."""
    folder = posixpath.join("/", posixpath.dirname(posixpath.dirname(part)))
    links = (one for one in _root(archive, part).iter() if _tag(one) == "Relationship")
    return {
        one.get("Id", ""): (
            one.get("Type", ""),
            posixpath.normpath(posixpath.join(folder, one.get("Target", "")))[1:],
        )
        for one in links
    }


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _root(archive: zipfile.ZipFile, part: str) -> Element:
    if archive.getinfo(part).file_size > LARGEST:
        raise ValueError(part)
    root: Element = fromstring(archive.read(part))
    return root
