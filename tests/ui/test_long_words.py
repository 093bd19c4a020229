"""Words that are longer than their place: a browser cuts them in silence at a maxlength, so no
field has one; whoever reads what was sent says how many are too many."""

from pathlib import Path

import pytest
from django import forms
from django.utils.translation import override

from baodao.agreements.rules.agreements import check_seen, check_wording
from baodao.identities.rules.corrections import check_evidence
from baodao.kernel.errors import Refused
from baodao.kernel.lives import check_reason

ROOT = Path(__file__).parents[2] / "baodao"


class _Words(forms.Form):
    line = forms.CharField(max_length=5)
    text = forms.CharField(max_length=5, widget=forms.Textarea(attrs={"rows": 2}))


def test_a_field_tells_how_much_it_holds_and_cuts_nothing() -> None:
    page = str(_Words())
    assert "maxlength" not in page
    assert page.count('data-most="5"') == 2
    assert 'rows="2"' in page
    assert " required" in page


def test_what_is_too_long_is_told_with_how_long_it_is() -> None:
    with override("zh-hans"):
        errors = _Words({"line": "健康义诊服务队", "text": "在社区"}).errors
        assert errors == {"line": ["最多可填 5 个字，现有 7 个字，请缩短。"]}


@pytest.mark.parametrize("place", ["templates", "static"])
def test_no_page_has_a_field_that_cuts(place: str) -> None:
    pages = [
        path
        for path in ROOT.rglob(f"{place}/**/*")
        if path.suffix in {".html", ".js"} and path.name != "attrs.html"
    ]
    assert pages
    assert [path for path in pages if "maxlength" in path.read_text().lower()] == []


@pytest.mark.parametrize(
    ("check", "most"),
    [(check_reason, 200), (check_seen, 200), (check_wording, 500), (check_evidence, 200)],
)
def test_no_rule_lets_go_what_does_not_fit(check, most: int) -> None:  # type: ignore[no-untyped-def]
    assert check("好" * most) == "好" * most
    with pytest.raises(Refused) as refused:
        check("好" * (most + 1))
    told = {"start": "好" * 12, "most": most, "length": most + 1}
    assert refused.value.facts == told
