"""Emoji and characters without a glyph never stop a paper, in no medium, nor a batch of others."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from baodao.documents.boxes import remark_lines
from baodao.documents.catalogue import form_of
from baodao.documents.files import Rendered, render
from baodao.people.models import Person
from tests.documents.facts import CODES, facts
from tests.registration import steps
from tests.world import World

NOWHERE = "\U000323af"
"""An ideograph that no typeface here has."""
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
WRITTEN = f"张{NOWHERE}三\U0001f3c6{FAMILY}\u2764\ufe0f\ud83d\x00\ufffe"


def rendered(ending: str, code: str = "introduction-letter") -> Rendered:
    """Three sheets, the middle one with everything that can go wrong in its name and address."""
    form = form_of(code)
    odd: dict[str, object] = {"name": WRITTEN, "address": WRITTEN}
    odd = {"rows": [odd | {"branch": WRITTEN}]} if form.tables else odd
    return render(code, [facts(form), facts(form) | odd, facts(form)], ending)


def pdf_text(file: Rendered) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)


def part(file: Rendered, name: str) -> str:
    return ZipFile(BytesIO(file.content)).read(name).decode()


def test_a_pdf_has_a_box_and_names_the_person_and_the_field() -> None:
    file = rendered("pdf")
    assert len(PdfReader(BytesIO(file.content)).pages) == 3
    assert "张□三" in pdf_text(file)
    lines = remark_lines(file.remarks)
    assert len(lines) == 2
    assert all(line.startswith("张") and NOWHERE in line for line in lines)
    assert ["姓名" in lines[0], "家庭住址" in lines[1]] == [True, True]


@pytest.mark.parametrize("code", CODES)
def test_no_paper_is_stopped_by_what_people_write_anywhere_in_it(code: str) -> None:
    """A box for what no typeface has in every text, of rows too, and whoever prints is told."""
    form = form_of(code)
    texts = {field.name for field in form.fields if field.kind == "text"}
    odd = {
        name: f"{value}{WRITTEN}" if name in texts else value for name, value in facts(form).items()
    }
    if form.tables:
        odd["rows"] = [{"name": WRITTEN, "community": WRITTEN, "branch": WRITTEN}]
    file = render(code, [odd], "pdf")
    assert "□" in pdf_text(file)
    assert remark_lines(file.remarks)


def test_symbols_are_drawn_where_a_face_has_them() -> None:
    form = form_of("introduction-letter")
    file = render(form.code, [facts(form) | {"name": "陈☎✓"}], "pdf")
    assert "陈☎✓" in pdf_text(file)
    assert file.remarks == ()


def test_a_list_as_pdf_names_the_row() -> None:
    file = rendered("pdf", "roster")
    assert "□" in pdf_text(file)
    assert remark_lines(file.remarks)[0].startswith("张")


def test_word_keeps_what_was_written() -> None:
    assert f"张{NOWHERE}三\U0001f3c6" in part(rendered("docx"), "word/document.xml")


def test_excel_keeps_what_was_written() -> None:
    assert f"张{NOWHERE}三\U0001f3c6" in part(
        rendered("xlsx", "roster"), "xl/worksheets/sheet2.xml"
    )


def test_a_page_keeps_what_was_written() -> None:
    assert f"张{NOWHERE}三\U0001f3c6" in rendered("html").content.decode()


@pytest.mark.django_db
def test_whoever_prints_a_batch_gets_it_and_reads_whose_name_has_a_box(
    world: World, client: Client
) -> None:
    first, second = steps.members(world, 2)
    Person.objects.filter(pk=first.pk).update(name=f"张{NOWHERE}")
    first.refresh_from_db()
    for person in (first, second):
        steps.issued(world, person)
    client.force_login(world.accounts["deng"])
    reply = client.get(reverse("registration:letters_print"), {"format": "pdf"})
    assert reply.status_code == 200
    assert len(PdfReader(BytesIO(reply.content)).pages) == 2
    page = client.get(reverse("registration:letters")).content.decode()
    assert f"缺少“{NOWHERE}”" in page
    assert "姓名" in page
