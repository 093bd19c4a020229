"""Word layouts of one's own: who keeps them, for whom and from when on they hold."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from baodao.documents.formats import Format
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.ids import new_id
from baodao.layouts.commands import discontinue_layout, set_layout
from baodao.layouts.models import WordLayout
from baodao.layouts.queries import layouts_at
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.registration import documents
from baodao.registration.models import Letter
from baodao.registration.rules.papers import INTRODUCTION_LETTER
from tests.documents.test_layouts import layout, text_of
from tests.orgs.test_reorganisations import done
from tests.registration import steps
from tests.world import World

LETTER = INTRODUCTION_LETTER.code
OURS = "在职党员报到介绍信"


def kept(world: World, account: str, place: Organisation, words: str) -> WordLayout:
    return set_layout(
        world.actor(account),
        organisation_id=place.pk,
        form=LETTER,
        file_name="介绍信.docx",
        content=layout(words + "{{ 姓名 }}"),
    )


def letters(world: World, count: int) -> list[Letter]:
    return [steps.issued(world, person).letter for person in steps.members(world, count)]


def first_line(*letters: Letter) -> str:
    return text_of(documents.letters(letters, Format.WORD).content).split("\n")[0][:5]


def test_a_paper_has_the_layout_of_the_day_on_which_it_was_issued(world: World) -> None:
    [before] = letters(world, 1)
    former = kept(world, "deng", world.bureau, "甲式：")
    [during] = letters(world, 1)
    kept(world, "deng", world.bureau, "乙式：")
    [after] = letters(world, 1)
    discontinue_layout(world.actor("deng"), layout_id=layouts_at(world.bureau)[LETTER].pk)
    [last] = letters(world, 1)
    first = [first_line(letter)[:3] for letter in (before, during, after, last)]
    assert first == [OURS[:3], "甲式：", "乙式：", OURS[:3]]
    former.refresh_from_db()
    assert former.ended_at is not None


def test_the_nearest_layout_holds_and_one_above_for_all_below(world: World) -> None:
    kept(world, "sun", world.city, "市式：")
    assert first_line(*letters(world, 2)).startswith("市式：")
    kept(world, "deng", world.bureau, "局式：")
    assert first_line(*letters(world, 1)).startswith("局式：")
    assert layouts_at(world.commission)[LETTER].organisation == world.city


def test_papers_of_two_layouts_make_no_one_file(world: World) -> None:
    rows = letters(world, 1)
    kept(world, "deng", world.bureau, "甲式：")
    rows += letters(world, 1)
    with pytest.raises(Refused) as refused:
        documents.letters(rows, Format.WORD)
    assert refused.value.code == "layout.several"
    assert documents.letters(rows, Format.PDF).content.startswith(b"%PDF")


def test_a_unit_that_moved_keeps_the_layout_of_its_day(world: World) -> None:
    kept(world, "sun", world.east, "东岸：")
    [before] = letters(world, 1)
    done(world, world.bureau, Aim(Reform.MOVED, parent_id=world.city.pk))
    [after] = letters(world, 1)
    assert first_line(before).startswith("东岸：")
    assert first_line(after) == OURS[:5]


@pytest.mark.parametrize("account", ["dai", "qin", "an", "fan", "shen"])
def test_only_who_decides_settings_keeps_and_ends_layouts(world: World, account: str) -> None:
    own = kept(world, "deng", world.bureau, "甲式：")
    with pytest.raises(Absent):
        kept(world, account, world.bureau, "乙式：")
    with pytest.raises(Absent):
        discontinue_layout(world.actor(account), layout_id=own.pk)


def test_the_page_tells_what_is_wrong_and_shows_what_was_kept(world: World, client: Client) -> None:
    client.force_login(world.accounts["deng"])
    page = reverse("layouts:layout", args=[LETTER])

    def sent(*texts: str) -> str:
        file = SimpleUploadedFile("介绍信.docx", layout(*texts))
        form = {"client_id": str(new_id()), "file": file}
        return client.post(page, form, follow=True).content.decode()

    assert "第 2 段" in (answer := sent("甲", "{{ 编好 }}"))
    assert "编号" in answer
    assert layouts_at(world.bureau) == {}
    kept = sent("本局：{{ 姓名 }}")
    assert "介绍信.docx" in kept
    [missing] = re.findall("此版式没有用到：([^<]+)", kept)
    assert {"编号", "核验码"} < set(missing.split("、"))
    assert "姓名" not in missing.split("、")
    assert "介绍信.docx" in client.get(reverse("layouts:layouts")).content.decode()
    for how, text in (("blank", "本局：＿"), ("filled", "本局：〔姓名〕")):
        made = client.get(reverse("layouts:preview", args=[LETTER, how]))
        assert text_of(made.content).startswith(text)


def test_our_own_form_is_a_layout_to_begin_with(world: World, client: Client) -> None:
    client.force_login(world.accounts["deng"])
    made = client.get(reverse("layouts:beginning", args=[LETTER]))
    file = SimpleUploadedFile("介绍信.docx", BytesIO(made.content).read())
    form = {"client_id": str(new_id()), "file": file}
    client.post(reverse("layouts:layout", args=[LETTER]), form)
    [letter] = letters(world, 1)
    assert "请予接收" in text_of(documents.letters([letter], Format.WORD).content)


def test_a_preview_calls_a_column_of_several_lists_as_ours_does(
    world: World, client: Client
) -> None:
    """A table of a branch lists members, that of a unit branches: both in the same column."""
    client.force_login(world.accounts["deng"])
    table = ["registration-table"]
    made = client.get(reverse("layouts:beginning", args=table))
    file = SimpleUploadedFile("统计表.docx", BytesIO(made.content).read())
    page = client.post(
        reverse("layouts:layout", args=table),
        {"client_id": str(new_id()), "file": file},
        follow=True,
    )
    missing = page.context["left_out"].split("、")
    assert len(missing) == len(set(missing)) > 1
    preview = client.get(reverse("layouts:preview", args=[*table, "filled"]))
    [listed] = Document(BytesIO(preview.content)).tables
    assert listed.cell(1, 1).text == "〔姓名〕"
