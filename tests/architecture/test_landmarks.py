"""Search forms have names of their own: several on one page are told apart by ear (WCAG 1.3.1)."""

import re

from tests.architecture.source import PACKAGE

SEARCH = re.compile(r"<(?:form|search)\b[^>]*\brole=\"search\"(?:[^>\"]|\"[^\"]*\")*>")


def test_every_search_form_says_what_it_searches() -> None:
    forms = [
        (file.name, form)
        for file in PACKAGE.rglob("*.html")
        for form in SEARCH.findall(file.read_text())
    ]
    assert len(forms) > 3
    assert [name for name, form in forms if "aria-label=" not in form] == []


def test_what_is_asked_for_again_by_itself_is_a_part_and_no_page() -> None:
    """Whole pages are never put in the place of a part (`ui/static/ui/baodao.js`), so nothing is
    chosen of one."""
    asked = [file for file in PACKAGE.rglob("*.html") if 'hx-trigger="every' in file.read_text()]
    assert asked
    assert [str(file) for file in asked if "hx-select" in file.read_text()] == []
