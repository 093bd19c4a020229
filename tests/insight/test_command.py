"""`baodao figures registration`: facts for programs, papers for offices."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from django.conf import settings

from baodao.operations.command import main
from tests.figures.histories import History, begin, slow_count
from tests.figures.services import DEEDS
from tests.world import World

Run = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture
def history(world: World) -> History:
    told = begin(world, 31)
    told.tell(40)
    return told


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`baodao figures registration …` on the tests' own database."""
    monkeypatch.setattr(settings, "EMBEDDED", False)

    def run(*arguments: str) -> tuple[int, dict[str, object]]:
        table = "service" if "--period" in arguments else "registration"
        code = main(["figures", table, *arguments, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_the_facts_of_every_level_add_up(run: Run, history: History) -> None:
    day = (history.now - timedelta(days=3)).date()
    for place in history.world.places.values():
        if place.kind in ("grid", "team"):
            continue
        code, told = run("--org", place.code, "--as-of", day.isoformat())
        assert (code, told["as_of"], told["level"]) == (0, day.isoformat(), place.kind)
        assert told["organisation"] == {"code": place.code, "name": place.name}
        for column in told["columns"]:
            assert told["total"][column] == sum(row[column] for row in told["rows"])
        assert set(told["total"]) == set(told["columns"]) == set(told["definitions"])


def test_the_present_is_what_is_told_without_a_day(run: Run, history: History) -> None:
    code, told = run("--org", "U1001")
    instant = history.now + timedelta(days=1)
    assert code == 0
    slow = slow_count(history.world.bureau, instant)
    assert {k: told["total"][k] for k in ("members", "in_service", "registered")} == {
        k: slow[k] for k in ("members", "in_service", "registered")
    }
    assert "名在职党员" in told["note"] or "共有在职党员" in told["note"]


def test_what_does_not_exist_and_what_is_to_come_is_refused(run: Run, world: World) -> None:
    assert run("--org", "U9999")[0] == 1
    assert run("--org", "U1001", "--as-of", "2999-01-01")[1]["refused"]["reason"] == "as-of.future"  # type: ignore[index]
    code, told = run("--org", "U1001", "--as-of", "last week")
    assert (code, told["refused"]["reason"]) == (1, "day.unreadable")  # type: ignore[index]
    assert run("--org", world.team.code)[0] == 1


def test_the_papers_show_the_same_figures(run: Run, history: History, tmp_path: Path) -> None:
    day = (history.now - timedelta(days=3)).date().isoformat()
    for place in (history.world.bureau, history.world.first, history.world.willow):
        _, told = run("--org", place.code, "--as-of", day)
        for ending in ("xlsx", "pdf"):
            out = tmp_path / f"{place.code}.{ending}"
            code, paper = run(
                "--org", place.code, "--as-of", day, "--format", ending, "--out", str(out)
            )
            assert code == 0
            text = _text(out.read_bytes(), ending)
            assert str(paper["number"]) in text
            assert place.name in text
            for row in told["rows"]:
                assert row["name"] in text
            if place.kind != "branch":
                assert " ".join(str(told["total"][c]) for c in list(told["columns"])[:3]) in text


def test_the_service_table_is_told_and_printed(run: Run, history: History, tmp_path: Path) -> None:
    history.tell(60, DEEDS)
    for place in (history.world.city, history.world.bureau, history.world.first):
        code, told = run("--org", place.code, "--period", "2026-H1")
        assert (code, told["period"]) == (0, "2026-H1")
        for column in told["columns"]:
            assert told["total"][column] == sum(row[column] for row in told["rows"])
        out = tmp_path / f"{place.code}.pdf"
        asked = ("--org", place.code, "--period", "2026-H1", "--format", "pdf", "--out", str(out))
        code, paper = run(*asked)
        text = _text(out.read_bytes(), "pdf")
        assert code == 0
        for part in ("在职党员服务情况统计表", "2026年上半年", str(paper["number"]), place.name):
            assert part in text
        assert f"共{told['total']['services']}人次" in text.replace(" ", "")
    assert run("--org", "U1001", "--period", "2026-H9")[1]["refused"]["reason"] == (  # type: ignore[index]
        "period.unreadable"
    )


def _text(content: bytes, ending: str) -> str:
    if ending == "pdf":
        pages = pypdf.PdfReader(BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return " ".join(
        str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None
    )
