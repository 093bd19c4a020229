"""QR codes: for pages and PDF as an SVG drawing, for Word as a PNG picture.

With version, level and mask fixed, a code is linear in the bits of its text: correction is
linear over GF(2) and the mask is a constant. So a batch of addresses that differ only in their
ends is composed from one code per differing bit, a hundred times faster than drawn one by one.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import segno

MASK = 2
"""Any mask is valid; choosing the prettiest of eight costs 6 ms a code."""

QUIET = 4
"""Modules of white that a reader needs around a code where what surrounds it may be dark."""

BATCH = 200
"""From this many on, composing is quicker than drawing one by one."""


@dataclass(frozen=True)
class QrCode:
    """A square of `size` modules; `bits` are its rows from the top, 1 is black."""

    size: int
    bits: int

    def rows(self) -> list[str]:
        flat = format(self.bits, f"0{self.size**2}b")
        return [flat[start : start + self.size] for start in range(0, self.size**2, self.size)]


def code(text: str) -> QrCode:
    """The code of `text` at correction level M."""
    return _drawn(text.encode())


def codes(texts: Sequence[str]) -> list[QrCode]:
    """The codes of many texts, in their order."""
    lengths = {len(text.encode()) for text in texts}
    if len(texts) < BATCH or len(lengths) != 1:
        return [code(text) for text in texts]
    prefix = _shared_start(min(texts), max(texts)).encode()
    return [_composed(prefix, text.encode()[len(prefix) :]) for text in texts]


def _shared_start(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _drawn(content: bytes) -> QrCode:
    drawn = segno.make(content, error="m", mode="byte", micro=False, boost_error=False, mask=MASK)
    size = len(drawn.matrix)
    return QrCode(size, int("".join(str(module) for row in drawn.matrix for module in row), 2))


@lru_cache(maxsize=4)
def _parts(prefix: bytes, length: int) -> tuple[QrCode, tuple[tuple[int, ...], ...]]:
    """The code of `prefix` with zero bytes behind it, and what each further bit turns over."""
    ground = _drawn(prefix + bytes(length))
    turned = tuple(
        tuple(
            _drawn(prefix + bytes(place) + bytes([1 << bit]) + bytes(length - place - 1)).bits
            ^ ground.bits
            for bit in range(8)
        )
        for place in range(length)
    )
    return ground, turned


def _composed(prefix: bytes, rest: bytes) -> QrCode:
    ground, turned = _parts(prefix, len(rest))
    bits = ground.bits
    for byte, turns in zip(rest, turned, strict=True):
        for bit in range(8):
            if byte >> bit & 1:
                bits ^= turns[bit]
    return QrCode(ground.size, bits)


def svg(drawn: QrCode, margin: int = 0) -> str:
    """A drawing one unit per module, with this margin; its size is given by whoever shows it."""
    runs: list[str] = []
    for y, row in enumerate(drawn.rows()):
        end = 0
        while (start := row.find("1", end)) >= 0:
            end = row.find("0", start)
            end = end if end >= 0 else drawn.size
            runs.append(f"M{start} {y}h{end - start}")
    path, side = "".join(runs), drawn.size + 2 * margin
    box = f"{-margin} {-margin - 0.5} {side} {side}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
        f'<path stroke="#000" d="{path}"/></svg>'
    )


def png(drawn: QrCode, scale: int = 6) -> bytes:
    """A black and white picture with `scale` pixels to a module, without margin."""
    side = drawn.size * scale
    lines = bytearray()
    for row in drawn.rows():
        pixels = "".join(("0" if module == "1" else "1") * scale for module in row)
        pixels += "0" * (-side % 8)
        packed = int(pixels, 2).to_bytes(len(pixels) // 8, "big")
        lines += (b"\0" + packed) * scale
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*part)
        for part in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(lines))), (b"IEND", b""))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
