"""Codes on pages: read from a screen that may be dark around them."""

import re

from baodao.documents import qr
from baodao.documents.templatetags.forms import address_code


def test_a_code_on_a_page_has_the_white_around_it_that_readers_need() -> None:
    def box(drawing: str) -> tuple[float, ...]:
        found = re.search(r'viewBox="([^"]*)"', drawing)
        assert found
        return tuple(map(float, found[1].split()))

    left, _, wide, high = box(address_code("/asked/"))
    plain = box(qr.svg(qr.code("/asked/")))
    assert (left, wide == high) == (-4, True)
    assert plain[0] == 0, "papers are white"
