"""Telephone numbers as people write them: mobile first, a fixed line if that is all there is."""

import re
from typing import NamedTuple

from baodao.kernel.errors import Refused, gettext_noop
from baodao.spreadsheets.cells import UNSAID, Cell, bare, note_of, plain_digits

LONGEST = 200
PARTS = re.compile(r"[/,、;，；|]+|或|和")
NOISE = re.compile(r"[\s\-‐‑–—_.·•。()（）]+")
PREFIX = re.compile(r"^(\+|00)?86(?=1[3-9][0-9]{9}$)")
ABROAD = re.compile(r"^(?:\+|00)86(?=0?[1-9][0-9]{8,10}$)0?")
"""A fixed line of China as it is dialled from abroad: without the 0 of its area."""

MOBILE = re.compile(r"1[3-9][0-9]{9}")
FIXED = re.compile(r"0[0-9]{9,11}|[2-8][0-9]{6,7}|400[0-9]{7}")
FOREIGN = re.compile(r"\+(?!86)[1-9][0-9]{6,13}")
FORMS = (MOBILE, FIXED, FOREIGN)
EXTENSION = re.compile(r"(?:\s*(?:转|分机|ext\.?|#)\s*|(?<=[0-9]{7})-)([0-9]{1,6})$", re.IGNORECASE)
LABEL = re.compile(r"([\u3400-\u9fffA-Za-z]+)[)）]?[.:：]?\s*(?=[+(（]?[0-9])")
BEHIND = re.compile(r"[(（]([^()（）0-9]+)[)）]\s*$")
EXTENDS = re.compile(r"转|分机|ext", re.IGNORECASE)
AREA = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})(?=[0-9]{7,8}(?:-|$))")
OTHER_PEOPLE = re.compile("家属|配偶|紧急|父|母|儿子|女儿|子女|妻|丈夫|爱人|联系人|代转")
DIGITS = re.compile(r"[0-9]{5}")


class Phones(NamedTuple):
    """What a cell says of telephones.

    `number` is the one to keep, in digits: "" for none, None when what stands there is no
    telephone number. `others` are all further numbers, readable or not.
    """

    number: str | None
    others: tuple[str, ...] = ()


def phone_of(cell: Cell) -> str | None:
    """The number in digits, "" for an empty cell, None when it is no telephone number.

    Of several in one cell the first mobile number is taken, else the first that is valid. A number
    of another country keeps its `+`, an extension follows a hyphen: 09901234567-801.
    """
    if isinstance(cell, str) and MOBILE.fullmatch(cell):
        return cell
    return phones_of(cell).number


def phones_of(cell: Cell) -> Phones:
    """All numbers of a cell, parted by marks, blanks, line breaks or labels (办：… 手机：…); one
    that is labelled as somebody else's is never the one to keep."""
    text = plain_digits(bare(note_of(cell, LONGEST)))
    if not text or text in UNSAID:
        return Phones("")
    own: list[str] = []
    others: list[str] = []
    unread: list[str] = []
    for part in PARTS.split(LABEL.sub(_parted, text)):
        label, _, rest = part.rpartition(":")
        if behind := BEHIND.search(rest):
            label, rest = label + behind[1], rest[: behind.start()]
        numbers, remnant = _numbers(rest)
        (others if OTHER_PEOPLE.search(label) else own).extend(numbers)
        if DIGITS.search(remnant):
            unread.append(NOISE.sub("", remnant))
    number = next((one for form in FORMS for one in own if form.match(one)), None)
    if number is None:
        return Phones("" if others and not unread else None, (*others, *unread))
    own.remove(number)
    return Phones(number, tuple(dict.fromkeys([*own, *others, *unread])))


def is_one_phone(cell: Cell) -> bool:
    """Whether a cell holds one telephone number and no other, or nothing."""
    number, others = phones_of(cell)
    return number is not None and not others


def kept_phone(typed: str) -> str:
    """The one number that somebody typed, in digits as `phone_of` has them; "" for none. Raises
    `Refused` for what is no telephone number, and for several, of which one would be lost."""
    number, others = phones_of(typed)
    if number is None:
        raise Refused(
            "phone.unreadable",
            gettext_noop("“%(phone)s” is no telephone number."),
            phone=typed.strip(),
        )
    if others:
        raise Refused(
            "phone.several",
            gettext_noop("Here stand %(count)s telephone numbers; write one."),
            count=len(others) + bool(number),
        )
    return number


def legible(number: str) -> str:
    """A number in digits as it is printed: its area code stands apart, 0990-5501111."""
    return AREA.sub(r"\1-", number, count=1)


def _parted(label: re.Match[str]) -> str:
    """A label before a number begins a part of its own; 转 and 分机 go on with the one before."""
    return label[0] if EXTENDS.search(label[1]) else f";{label[1]}:"


def _numbers(part: str) -> tuple[list[str], str]:
    """The numbers of a part, the whole of it or what blanks part in it, and what is none."""
    words, numbers, remnant = part.split(), [], ""
    while words:
        ends = range(len(words), 0, -1)
        end = next((end for end in ends if _read(" ".join(words[:end]))), 0)
        if end:
            numbers.append(_read(" ".join(words[:end])))
        else:
            remnant += words[0]
        words = words[end or 1 :]
    return numbers, remnant


def _read(text: str) -> str:
    """The number with its extension, without what only parts it; "" when it is none."""
    number, extension = _plain(text), EXTENSION.search(text)
    if extension and not _is_whole(number):
        number = _plain(text[: extension.start()])
        return f"{number}-{extension[1]}" if _is_whole(number) else ""
    return number if _is_whole(number) else ""


def _is_whole(number: str) -> bool:
    return any(form.fullmatch(number) for form in FORMS)


def _plain(part: str) -> str:
    return ABROAD.sub("0", PREFIX.sub("", NOISE.sub("", part)))
