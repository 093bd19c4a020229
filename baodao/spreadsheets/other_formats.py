"""What a file is that is not read: told from its bytes, so that the refusal says what to do."""

from collections.abc import Collection

SAMPLE = 65_536
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
PAPERS = (b"%PDF", b"{\\rtf")
MARKUP = (b"<", b"mime-version:")
OLD_WORKBOOKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""How a workbook begins that Excel 2, 3 or 4 wrote."""

COMMON_BIG5 = range(0xA4, 0xC7)
"""Lead bytes of the 5,401 characters that make up nearly all of a text in Big5."""

MOSTLY = 0.9
HARDLY = 0.7


def reason_of_zip(parts: Collection[str]) -> str:
    """The reason for which a zip that is no .xlsx is not read, by the names of its parts."""
    names = {part.lower() for part in parts}
    if any(name.endswith("xl/workbook.bin") for name in names):
        return "binary-workbook"
    if {"content.xml", "mimetype"} <= names:
        return "open-document"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "paper"
    return "not-a-spreadsheet" if "[content_types].xml" in names else "archive"


def reason_of_ole(papers: Collection[str]) -> str:
    """The reason for which an old Office file without a workbook is not read: it has streams of
    these `papers`."""
    return "paper" if papers else "not-a-spreadsheet"


def reason_of_bytes(content: bytes) -> str | None:
    """The reason for which neither a workbook nor a table of text is read, None when it may be
    one."""
    if content.startswith(OLD_WORKBOOKS):
        return "old-workbook"
    start = content[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n")
    if start.startswith(ARCHIVES):
        return "archive"
    if start.startswith(PAPERS):
        return "paper"
    return "markup" if start.lower().startswith(MARKUP) else None


def is_big5(content: bytes) -> bool:
    """Whether a text is written in Big5, as Windows in Hong Kong and Taiwan does, rather than in
    GB18030: its characters are common ones there and mostly rare ones here."""
    sample = content[:SAMPLE]
    try:
        traditional = sample[: len(sample) - 1].decode("big5hkscs")
    except UnicodeDecodeError as error:
        if error.end < len(sample) - 1:
            return False
        traditional = sample[: error.start].decode("big5hkscs")
    signs = [sign for sign in traditional if "\u4e00" <= sign <= "\u9fff"]
    here = [sign for sign in sample.decode("gb18030", errors="replace") if not sign.isascii()]
    if not signs or not here:
        return False
    common = sum(sign.encode("big5hkscs")[0] in COMMON_BIG5 for sign in signs)
    known = sum(bool(sign.encode("gb2312", errors="ignore")) for sign in here)
    return common > MOSTLY * len(signs) and known < HARDLY * len(here)


def is_cut(error: UnicodeDecodeError) -> bool:
    """Whether a text ends in the middle of a character, and was read right until then."""
    rest = len(error.object) - error.start
    return rest < 4 and error.end == len(error.object) and not error.object[: error.start].isascii()
