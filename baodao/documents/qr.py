"""QR codes: for pages and PDF as an SVG drawing, for Word as a PNG picture."""

from io import BytesIO

import segno

MASK = 2
"""Any mask is valid; choosing the prettiest of eight costs 6 ms a code, 6 s for 1,000 letters."""


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False, mask=MASK)


def svg(text: str) -> str:
    """A drawing one unit per module, scaled by whoever shows it, black on nothing."""
    return str(_code(text).svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))


def png(text: str, scale: int = 6) -> bytes:
    """A picture with `scale` pixels per module and no margin."""
    out = BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=0)
    return out.getvalue()
