"""No page, style or script of ours names an address outside the site's own host."""

import re

from tests.architecture.source import PACKAGE

OUTSIDE = re.compile(r"""(?:src|href|action|url\(|@import)\s*=?\s*["'(]?\s*(?:https?:)?//""")


def test_no_template_style_or_script_points_outside() -> None:
    files = [file for kind in ("html", "css", "js") for file in PACKAGE.rglob(f"*.{kind}")]
    wrong = [str(file) for file in files if OUTSIDE.search(file.read_text())]
    assert files
    assert wrong == []
