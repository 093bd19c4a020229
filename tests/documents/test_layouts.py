"""A Word layout of one's own: its places in Chinese, what is wrong with it."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from baodao.documents.catalogue import papers
from baodao.documents.fields import FIELDS
from baodao.documents.form import Form
from baodao.documents.formats import Format
from baodao.documents.layouts import LARGEST_INSIDE, fill_layout, read_layout
from baodao.documents.placeholders import names_of
from baodao.kernel.errors import Refused
from baodao.people.rules.papers import ROSTER
from baodao.registration.rules.papers import INTRODUCTION_LETTER, REGISTRATION_CARD
from tests.documents.facts import facts

WORD_PAPERS = [form for form in papers() if Format.WORD in form.formats]


def saved(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def layout(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def table_layout(*rows: tuple[str, ...]) -> bytes:
    document = Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def cells_of(content: bytes) -> list[list[str]]:
    [table] = Document(BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    "place",
    [
        "{{name}}",
        "{{ name }}",
        "{{ 姓名 }}",
        "{{姓 名}}",
        "｛｛姓名｝｝",
        "{{　姓名　}}",
        "{{ NAME }}",
    ],
)
def test_a_field_is_named_as_people_write_it(place: str) -> None:
    made = fill_layout(layout(f"兹介绍{place}同志"), INTRODUCTION_LETTER, [{"name": "陈晓宇"}])
    assert text_of(made) == "兹介绍陈晓宇同志"


def test_a_place_that_word_cut_into_pieces_is_one() -> None:
    document = Document()
    paragraph = document.add_paragraph("兹介绍{")
    for piece, bold in (("{ 姓", True), ("名", False), (" }", True), ("}同志", False)):
        paragraph.add_run(piece).bold = bold
    made = fill_layout(saved(document), INTRODUCTION_LETTER, [{"name": "陈晓宇"}])
    assert text_of(made) == "兹介绍陈晓宇同志"


def test_a_text_may_depend_on_fields() -> None:
    own = layout(
        "{% if 编入网格 %}编入{{ 编入网格 }}{% endif %}{% if not 编入服务队 %}未编队{% endif %}"
    )
    made = fill_layout(own, REGISTRATION_CARD, [{"grid": "第三网格"}])
    assert text_of(made) == "编入第三网格未编队"


def test_every_paper_of_many_begins_a_page_with_its_own_code() -> None:
    own = layout("{{ 姓名 }}", "{{ 核验码 }}")
    items = [{"name": name, "verify_url": f"https://x/v/{name}/"} for name in ("甲", "乙", "丙")]
    made = fill_layout(own, INTRODUCTION_LETTER, items)
    document = Document(BytesIO(made))
    assert [one.text for one in document.paragraphs if one.text.strip()] == ["甲", "乙", "丙"]
    assert len(document.inline_shapes) == 3
    assert document.element.xml.count('w:type="page"') == 2


def test_without_facts_a_layout_has_blanks_to_write_on() -> None:
    assert text_of(fill_layout(layout("{{ 性别 }}同志"), INTRODUCTION_LETTER, [])) == "＿＿＿＿同志"


def test_a_row_with_columns_of_a_list_stands_for_all_its_rows() -> None:
    own = table_layout(
        ("序号", "姓名"), ("{{ 序号 }}", "{{ 姓名 }}同志"), ("合计", "{{ 合计 姓名 }}")
    )
    item = {"rows": [{"name": "陈晓宇"}, {"name": "安静"}], "total": {"name": "2人"}}
    assert cells_of(fill_layout(own, ROSTER, [item])) == [
        ["序号", "姓名"],
        ["1", "陈晓宇同志"],
        ["2", "安静同志"],
        ["合计", "2人"],
    ]


def test_what_is_not_understood_is_named_with_its_place_and_the_nearest_name() -> None:
    document = Document()
    document.add_paragraph("介绍信")
    document.add_paragraph("{{ 编好 }}和{{ name")
    document.add_table(1, 2).rows[0].cells[1].text = "{{ 工资 }}"
    document.sections[0].header.paragraphs[0].text = "{{ 姓名 }}"
    faults = read_layout(saved(document), INTRODUCTION_LETTER).faults
    assert {(one.place, one.text, one.nearest) for one in faults} == {
        ("第 2 段", "{{ 编好 }}", "编号"),
        ("第 2 段", "{{", ""),
        ("第 1 个表格第 1 行第 2 格", "{{ 工资 }}", ""),
        ("页眉或页脚（名称只能写在正文中）", "{{ 姓名 }}", ""),
    }


@pytest.mark.parametrize(
    "place",
    [
        *("{{ salary }}", "{{ name.__class__ }}", "{{ name|upper }}", "{{ 9 ** 9999999 }}"),
        *("{{ self }}", "{{ lipsum() }}", "{% for x in y %}", "{% include 'x' %}", "{# name #}"),
        *("{%tr for row in rows %}", "{% if name == 1 %}x{% endif %}", "{% colspan 3 %}"),
        *("{{ name", "name }}", "{% if %}", "{% set x = 1 %}", "{{ 'a' 'b' }}", "{{}}"),
    ],
)
def test_nothing_but_fields_and_conditions_on_them_is_understood(place: str) -> None:
    assert read_layout(layout(f"甲{place}乙"), INTRODUCTION_LETTER).faults
    with pytest.raises(Refused) as refused:
        fill_layout(layout(f"甲{place}乙"), INTRODUCTION_LETTER, [{"name": "陈晓宇"}])
    assert refused.value.code == "layout.faults"


def test_facts_are_never_program() -> None:
    made = fill_layout(layout("{{ name }}"), INTRODUCTION_LETTER, [{"name": "<w:b/>{{ sex }}&"}])
    assert text_of(made) == "<w:b/>{{ sex }}&"


def _linked_picture(document: WordDocument) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    document.part.relate_to("https://example.org/seen.png", kind, is_external=True)


def _template_elsewhere(document: WordDocument) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    document.part.relate_to("https://example.org/x.dotm", kind, is_external=True)


def _acting_field(document: WordDocument) -> None:
    words = f"<w:r {nsdecls('w')}><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r>"
    document.add_paragraph()._p.append(parse_xml(words))


@pytest.mark.parametrize("act", [_linked_picture, _template_elsewhere, _acting_field])
def test_a_layout_that_loads_or_runs_something_is_refused(
    act: Callable[[WordDocument], None],
) -> None:
    document = Document()
    act(document)
    with pytest.raises(Refused) as refused:
        read_layout(saved(document), INTRODUCTION_LETTER)
    assert refused.value.code == "layout.foreign"


def _swollen() -> bytes:
    out = BytesIO(layout("{{ name }}"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zero.bin", bytes(LARGEST_INSIDE + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    "own", [b"", b"no document", _swollen(), layout("{% if 姓名 %}甲"), layout("{% else %}甲")]
)
def test_what_is_no_layout_is_refused(own: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_layout(own, INTRODUCTION_LETTER)
    assert refused.value.code == "layout.unreadable"


@pytest.mark.parametrize("form", WORD_PAPERS, ids=lambda form: form.code)
def test_no_label_of_a_paper_means_two_fields(form: Form) -> None:
    named = [(field.label, field.name) for field in form.fields]
    named += [(column.label, column.name) for _level, each in form.tables for column in each]
    meanings = {label: {name for one, name in named if one == label} for label, _ in named}
    fields = {label: names for label, names in meanings.items() if len(names & set(FIELDS)) > 1}
    assert fields == {}
    assert len(names_of(form).fields) >= len(form.fields)


@pytest.mark.parametrize("form", WORD_PAPERS, ids=lambda form: form.code)
def test_every_paper_fills_a_layout_with_all_its_names(form: Form) -> None:
    own = layout(*(f"{{{{ {field.label} }}}}" for field in form.fields))
    assert read_layout(own, form).fields >= {field.name for field in form.fields}
    assert "{" not in text_of(fill_layout(own, form, [facts(form)]))
