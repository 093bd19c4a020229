"""What of a number or a name a screen or a paper may show (compliance 12); decided here alone."""

import re

from baodao.kernel.errors import Refused, gettext_noop

MOBILE = re.compile(r"(?:86)?(1[3-9]\d{9})")
AREA = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})")
LONG_NUMBER = re.compile(r"[0-9]{9,}[xX]?")
LEAST_LOCAL = 7
LOCAL_TAIL = 2
SHORTEST_PURPOSE = 4


def masked_phone(number: str) -> str:
    """The telephone number as others may see it; "" for "".

    Of a mobile number the first three and the last four digits (199****1234). Of a fixed line its
    area code, which names a city, and the last two digits (0990-*****67). Of anything else the last
    two digits, or nothing when it is shorter than a telephone number.
    """
    digits = "".join(character for character in number if character.isdecimal())
    if not digits:
        return ""
    if mobile := MOBILE.fullmatch(digits):
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    area = AREA.fullmatch(digits)
    local = area[2] if area else digits
    hidden = "*" * (len(local) - LOCAL_TAIL)
    if len(local) < LEAST_LOCAL:
        return "***"
    return f"{area[1]}-{hidden}{local[-2:]}" if area else f"{hidden}{local[-2:]}"


def masked_id(number: str) -> str:
    """The identity number as others may see it: its first three and last two characters; "" for
    "", and nothing of what is too short to be one."""
    if not number:
        return ""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}" if len(number) > 8 else "***"


def masked_numbers(text: str) -> str:
    """The text of others with all in it that could be a person's number as `masked_phone` shows a
    mobile number and `masked_id` any other."""
    return LONG_NUMBER.sub(lambda match: _masked_number(match[0]), text)


def _masked_number(number: str) -> str:
    return masked_phone(number) if MOBILE.fullmatch(number) else masked_id(number)


def masked_contact(text: str) -> str:
    """How somebody said they can be reached, as others may see it: a telephone as any other, of
    anything else, such as an address, the first character; "" for ""."""
    digits = [character for character in text if character.isdecimal()]
    is_number = len(digits) >= LEAST_LOCAL and not any(map(str.isalpha, text))
    return masked_phone(text) if is_number else text[:1] + "***" * bool(text)


def masked_name(name: str) -> str:
    """A name of which a stranger sees the first character, and not how long it is: 陈*, 欧**; ""
    for ""."""
    return name[:1] + "*" * min(2, max(1, len(name) - 1)) if name else ""


def check_purpose(reason: str) -> str:
    """What something sealed or masked is read in full for; refused when it says nothing."""
    words = reason.strip()
    if len(words) < SHORTEST_PURPOSE:
        raise Refused(
            "person.reason-missing",
            gettext_noop("Say what you need it for, in at least %(least)s characters."),
            least=SHORTEST_PURPOSE,
        )
    return words
