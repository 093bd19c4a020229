"""Delimited text as officials export it: UTF-8, GB18030 or UTF-16; comma, tab or semicolon."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from baodao.spreadsheets.other_formats import is_big5, is_cut, reason_of_bytes
from baodao.spreadsheets.refusals import unreadable

DELIMITERS = ",\t;|"
SAMPLE_LINES = 40
MAX_FIELD = 32_767
CONTROL = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\f\x0b")


def decoded(content: bytes) -> str:
    """The text of `content`; bytes that are no text are refused as not-a-spreadsheet."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise unreadable("not-a-spreadsheet")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        if encoding == "gb18030" and is_big5(content):
            raise unreadable("big5")
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            if is_cut(error):
                raise unreadable("truncated") from error
            continue
        if not CONTROL.intersection(text):
            return text
    raise unreadable("not-a-spreadsheet")


def delimiter_of(text: str) -> str:
    """The delimiter that parts the first lines into the same number of fields most often.

    Counting would take the wrong one where cells hold many of another: 书法;摄影;合唱.
    """
    lines = text.splitlines(keepends=True)[:SAMPLE_LINES]
    return max(DELIMITERS, key=lambda one: (*_evenness("".join(lines), one), text.count(one)))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of records with the most frequent number of fields, and that number; nothing for
    one that parts hardly any."""
    try:
        widths = [len(r) for r in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)]
    except csv.Error:
        return 0.0, 0
    widths = [width for width in widths if width]
    width, count = max(Counter(widths).items(), key=itemgetter(1), default=(0, 0))
    return (count / len(widths), width) if width > 1 else (0.0, 0)


def delimited_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Row number as a spreadsheet would show it, and its cells."""
    if reason := reason_of_bytes(content):
        raise unreadable(reason)
    text = decoded(content)
    if not text.strip():
        raise unreadable("empty")
    if not set(DELIMITERS) & set(text):
        raise unreadable("not-a-spreadsheet")
    csv.field_size_limit(MAX_FIELD)
    delimiter, start, last = delimiter_of(text[:200_000]), 0, 0
    widths: Counter[int] = Counter()
    source = io.StringIO(text, newline="")
    try:
        for number, cells in enumerate(csv.reader(source, delimiter=delimiter), start=1):
            yield number, cells
            widths[len(cells)] += 1
            start, last = last, source.tell()
    except csv.Error as error:
        raise unreadable("truncated") from error
    if _ends_inside(text[start:], delimiter) or _is_shorter(text[start:], widths, delimiter):
        raise unreadable("truncated")


def _ends_inside(record: str, delimiter: str) -> bool:
    """Whether the last record of a text is a quotation that never ends; it holds all that follows
    its first mark."""
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _is_shorter(record: str, widths: Counter[int], delimiter: str) -> bool:
    """Whether the last record breaks off: no line ends it, and it has some of the fields that all
    others have."""
    fields = record.count(delimiter) + 1
    others = widths - Counter([fields])
    return (
        not record.endswith(("\n", "\r"))
        and widths[fields] == 1
        and len(others) == 1
        and 1 < fields < next(iter(others))
    )
