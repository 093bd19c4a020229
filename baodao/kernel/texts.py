"""What of a text people can see: the one reading of whatever is sent, by every door."""

import re
from typing import Any

_CONTROLS = [*range(0x01, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]
_DIRECTIONS = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_INVISIBLE = [0x00AD, 0x180E, 0x200B, *range(0x2060, 0x2065), 0xFEFF, *range(0xFFF9, 0xFFFC)]
_SURROGATES = range(0xD800, 0xE000)
_TAGS = range(0xE0000, 0xE0080)
HIDDEN = dict.fromkeys([*_CONTROLS, *_DIRECTIONS, *_INVISIBLE, *_SURROGATES, *_TAGS])
"""Control characters, marks that turn the direction of writing (they can make a name read as
another: Unicode TR 36, 2.9.2), characters without width, halves of characters, tags. What joins
an emoji (U+200D, U+FE0F) stays, and so do line breaks and tabs."""

_HIDES = re.compile("[" + "".join(map(re.escape, map(chr, HIDDEN))) + "\r\u2028\u2029]")
_LINE_BREAKS = re.compile("\r\n?|[\u2028\u2029]")


def visible(text: str) -> str:
    """The text without `HIDDEN` characters, its lines broken by a line feed alone."""
    if not _HIDES.search(text):
        return text
    return _LINE_BREAKS.sub("\n", text).translate(HIDDEN)


def visible_in(value: Any) -> Any:
    """What a program sent, with each text in it as it is visible, names of fields too."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [visible_in(part) for part in value]
    if isinstance(value, dict):
        return {visible(key): visible_in(part) for key, part in value.items()}
    return value
