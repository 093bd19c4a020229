"""`baodao forms` as an operator uses it."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from baodao.documents.catalogue import FORMS
from baodao.operations.command import main
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from tests.documents.facts import facts


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    held: dict[str, object] = json.loads(capsys.readouterr().out)
    return held


def test_it_lists_every_form_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "list", "--json"]) == 0
    forms = said(capsys)["forms"]
    assert set(forms) == set(FORMS)  # type: ignore[call-overload]
    assert forms["introduction-letter"]["fields"]["name"] == "姓名"  # type: ignore[index]


@pytest.mark.parametrize("made", ["pdf", "docx", "html"])
def test_it_writes_a_blank_form(made: str, tmp_path: Path) -> None:
    out = tmp_path / f"letter.{made}"
    arguments = ["forms", "render", "introduction-letter", "--blank", "--format", made]
    assert main([*arguments, "--out", str(out)]) == 0
    assert out.stat().st_size > 1_000


def test_it_writes_one_sheet_for_each_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "facts.json", tmp_path / "letters.pdf"
    items = [facts(INTRODUCTION_LETTER) | {"name": name} for name in ("喆堃", "#let x")]
    source.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    arguments = ["forms", "render", "introduction-letter", "--facts", str(source), "--json"]
    assert main([*arguments, "--format", "pdf", "--out", str(out)]) == 0
    assert said(capsys)["items"] == 2
    pages = PdfReader(BytesIO(out.read_bytes())).pages
    assert ["喆堃" in pages[0].extract_text(), "#let x" in pages[1].extract_text()] == [True] * 2


@pytest.mark.parametrize("written", ["{", "[]", "[1]", "7", '{"nmae": "陈"}'])
def test_facts_that_are_none_are_refused(
    written: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "facts.json"
    source.write_text(written, encoding="utf-8")
    arguments = ["forms", "render", "receipt", "--facts", str(source), "--json"]
    assert main([*arguments, "--format", "pdf", "--out", str(tmp_path / "x.pdf")]) == 1
    assert said(capsys)["refused"]
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "receipt", "--format", "pdf", "--out", "x.pdf"],
        ["render", "receipt", "--blank", "--out", "x.pdf"],
        ["render", "receipt", "--blank", "--format", "png", "--out", "x.png"],
        ["render", "receipt", "--blank", "--format", "pdf", "--out", "no/such/folder/x.pdf"],
        ["render", "receipt", "--facts", "nowhere.json", "--format", "pdf", "--out", "x.pdf"],
    ],
)
def test_wrong_use_ends_with_two(arguments: list[str]) -> None:
    try:
        code = main(["forms", *arguments])
    except SystemExit as end:
        code = int(end.code or 0)
    assert code == 2
