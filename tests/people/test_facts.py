"""A fact of a person is declared once; forms, rosters, pages, papers and copies follow from it."""

from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest
from django.db.models import Field, Model
from django.test import Client

from baodao.documents.fields import FIELDS as PAPER_FIELDS
from baodao.kernel.errors import Absent
from baodao.kernel.sealed import SealedText
from baodao.people.commands.facts import edit_own_facts
from baodao.people.facts import (
    BY_NAME,
    CLOSE,
    FACTS,
    FactKind,
    Fitness,
    Keeper,
    Listed,
    PersonFact,
    Viewer,
    kept_by,
    notes_of,
    seen_by,
    with_role,
    written_by,
)
from baodao.people.forms import FactsForm, NewMemberForm
from baodao.people.models import Membership, Person
from baodao.people.queries.facts import (
    copied_facts,
    paper_facts,
    present_facts,
    seen_facts,
    texts_of,
    words_of,
)
from baodao.people.tables.people import member_columns
from baodao.rosters.commands.roster import import_file
from baodao.rosters.facts import NOTES, roster_facts
from baodao.rosters.queries.digests import MEMBER_COLUMNS
from baodao.rosters.queries.roster import examine
from baodao.rosters.rules.differences import CurrentMember, compare
from baodao.rostersheets.rules.branches import Branches
from baodao.rostersheets.rules.headers import RosterFact
from baodao.rostersheets.rules.judgement import judge
from baodao.rostersheets.rules.roster import Setup
from baodao.spreadsheets.headers import EXACT
from tests.registration import steps
from tests.registration.browsing import browser
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, person
from tests.world import World

BOOKKEEPING = {
    Person: {"id", "died_on", "merged_into", "created_at", "changed_at"},
    Membership: {
        *("id", "person", "from_on", "to_on", "is_dated", "recorded_at", "closed_at", "ending")
    },
}
"""Columns that tell nothing of the person: keys, and since when a row holds."""

KEEPERS: dict[Keeper, type[Model]] = {Keeper.PERSON: Person, Keeper.MEMBERSHIP: Membership}


def columns_of(fact: PersonFact) -> tuple[str, ...]:
    return fact.columns or (fact.name,)


@pytest.mark.parametrize("keeper", KEEPERS)
def test_every_column_is_a_declared_fact_or_bookkeeping(keeper: Keeper) -> None:
    model = KEEPERS[keeper]
    columns = {field.name for field in model._meta.concrete_fields}
    declared = [column for fact in kept_by(keeper) for column in columns_of(fact)]
    assert sorted(declared) == sorted(columns - BOOKKEEPING[model])


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_fact_is_declared_as_its_column_is(fact: PersonFact) -> None:
    if fact.keeper is Keeper.NOTHING:
        assert not fact.viewers
        assert not fact.writers
        return
    model: Any = KEEPERS[fact.keeper]
    if fact.is_sealed:
        assert isinstance(getattr(model, fact.name), SealedText)
        return
    field: Field[Any, Any] = model._meta.get_field(fact.name)
    if fact.kind in (FactKind.TEXT, FactKind.NAME):
        assert fact.length == field.max_length
    if fact.codes is not None:
        assert [code for code, _ in field.flatchoices] == [code.value for code in fact.codes]


def test_names_labels_and_header_words_stand_once() -> None:
    words = [word for fact in FACTS for word in fact.headers.split()]
    for things in ([fact.name for fact in FACTS], [fact.label for fact in FACTS], words):
        assert len(things) == len(set(things))


@pytest.mark.parametrize("fact", [f for f in FACTS if f.headers], ids=lambda fact: fact.name)
def test_what_rosters_tell_is_judged_or_kept_as_a_note(fact: PersonFact) -> None:
    assert (fact.name in set(RosterFact)) != (fact.name in NOTES)
    for word in fact.headers.split():
        meaning = roster_facts().headers.meaning(word)
        assert (meaning.own, meaning.sure) == (fact.name, EXACT)


def test_only_their_unit_and_they_themselves_write_facts() -> None:
    both = Viewer.UNIT | Viewer.SELF
    assert [fact.name for fact in FACTS if fact.writers & ~both] == []
    assert [fact.name for fact in FACTS if fact.is_sealed and Viewer.OVERVIEW in fact.viewers] == []
    assert BY_NAME["id_number"].writers == Viewer(0)


def test_the_forms_ask_for_what_their_writer_writes(world: World) -> None:
    address = f"/people/{world.people['chen'].pk}/edit/"
    unit = browser(world, "deng").get(address).context["form"]
    own = browser(world, "chen").get("/me/facts/").context["form"]
    for form, writer in ((unit, Viewer.UNIT), (own, Viewer.SELF)):
        facts = written_by(writer)
        fields = [name for name in form.fields if name != "new_branch"]
        assert fields == [fact.name for fact in facts]
        assert ("new_branch" in form.fields) is ("branch" in fields)
        texts = [fact for fact in facts if fact.kind is FactKind.TEXT]
        assert [form.fields[fact.name].max_length for fact in texts] == [f.length for f in texts]
        assert not {fact.name for fact in facts if fact.is_sealed} & form.initial.keys()


def test_what_nobody_may_write_alone_is_not_taken_from_a_form(world: World) -> None:
    with pytest.raises(Absent):
        edit_own_facts(world.actor("chen"), values={"position": "市长"})


@pytest.fixture
def known(world: World) -> World:
    """Chen with something in every fact, received by a community."""
    steps.accepted(world)
    chen = world.people["chen"]
    for fact in kept_by(Keeper.PERSON):
        if fact.kind is FactKind.TEXT and fact.name != "number":
            setattr(chen, fact.name, f"某{fact.name}"[: fact.length])
    chen.joined_on = date(2003, 7, 1)
    chen.save()
    return world


@pytest.mark.parametrize(
    ("name", "viewer"),
    [("deng", Viewer.UNIT), ("an", Viewer.COMMUNITY), ("fan", Viewer.OVERVIEW)],
)
def test_the_page_of_a_person_shows_each_viewer_exactly_their_facts(
    known: World, name: str, viewer: Viewer
) -> None:
    chen = known.people["chen"]
    page = browser(known, name).get(f"/persons/{chen.pk}/")
    membership = Membership.objects.get(person=chen) if name != "an" else None
    facts = [
        (fact.name, words_of(fact, chen, membership))
        for fact in seen_by(viewer)
        if fact.name not in ("name", "branch")
        and (membership or fact.keeper is not Keeper.MEMBERSHIP)
    ]
    assert [words for _, words in page.context["profile"].facts][2:] == [w for _, w in facts]
    hidden = [fact for fact in kept_by(Keeper.PERSON) if viewer not in fact.viewers]
    body = page.content.decode()
    assert hidden or viewer is Viewer.UNIT
    assert [fact.name for fact in hidden if f"某{fact.name}" in body] == []


def test_the_own_copy_and_the_own_page_hold_what_a_member_sees(known: World) -> None:
    chen = known.people["chen"]
    copy = browser(known, "chen").get("/me/copy.json").json()
    assert list(copy["个人信息"][0]) == list(copied_facts(chen))
    assert len(copied_facts(chen)) == len(kept_by(Keeper.PERSON, seen_by(Viewer.SELF)))
    membership = copied_facts(Membership.objects.get(person=chen))
    assert membership == {
        "党支部": "第一党支部",
        "人员状态": "在职",
        "党员类别": "正式党员",
        "住在本市": "是",
    }
    assert membership.items() <= copy["组织关系"][0].items()
    page = browser(known, "chen").get("/me/").content.decode()
    for fact in written_by(Viewer.SELF):
        assert words_of(fact, chen) in page


def test_papers_print_each_fact_in_its_field(known: World) -> None:
    chen = known.people["chen"]
    item = paper_facts(chen, Membership.objects.get(person=chen))
    assert list(item) == [fact.paper for fact in FACTS if fact.paper]
    assert item.keys() <= PAPER_FIELDS.keys()
    assert (item["sex"], item["standing"], item["grade"]) == ("男", "在职", "正式")
    assert (item["born_on"], item["wish"]) == (date(1980, 5, 1), "某wishes")
    assert (item["phone"], paper_facts(chen, None, full=True)["phone"]) == (
        "199****1234",
        "19900001234",
    )


def test_fitting_reads_what_a_person_can_do_likes_and_wishes_and_when(known: World) -> None:
    chen = known.people["chen"]
    assert set(texts_of(chen, Fitness.SKILL)) == {"某position", "某specialty"}
    assert texts_of(chen, Fitness.INTEREST) == ("某interests",)
    assert texts_of(chen, Fitness.WISH) == ("某wishes",)
    assert texts_of(chen, Fitness.FREE_TIMES) == ("某free_times",)
    assert all(fact.kind is FactKind.TEXT for role in Fitness for fact in with_role(role))


CELLS: dict[str, tuple[str, str]] = {
    "name": ("陈小宇", "陈小宇"),
    "phone": ("199·0000·9999", "199****9999"),
    "branch": ("第二党支部", "第二党支部"),
    "home_community": ("北门社区居委会", "北门社区"),
    "standing": ("退休", "退休"),
    "grade": ("预备党员", "预备党员"),
    "lives_in_city": ("否", "否"),
    "joined_on": ("2001年7月", "2001.07"),
    "position": ("科长", "科长"),
    "specialty": ("法律", "法律"),
    "interests": ("书法", "书法"),
    "address": ("柳荫路１号", "柳荫路1号"),
    "ethnicity": ("回族", "回族"),
    "education": ("本科", "本科"),
}
"""For every fact that a roster changes: the cell, and the words on the page afterwards."""


def test_a_roster_changes_every_fact_that_a_row_keeps_but_those_of_the_number() -> None:
    of_the_number = {"id_number", "sex", "born_on"}
    changed = {fact.name for fact in FACTS if fact.headers and fact.keeper is not Keeper.NOTHING}
    assert set(CELLS) == changed - of_the_number
    assert {f"person__{note}" for note in NOTES} < set(MEMBER_COLUMNS)


@pytest.mark.parametrize("name", CELLS)
def test_a_changed_cell_is_a_difference_and_is_written(world: World, name: str) -> None:
    cell, words = CELLS[name]
    fact = BY_NAME[name]
    chen = world.people["chen"]
    row = {"姓名": chen.name, "身份证号": chen.id_number} | {fact.headers.split()[0]: cell}
    content = sheets.roster(list(row.values()), header=list(row))
    if fact.kind is not FactKind.BRANCH:
        row |= {"所在党支部": "第一党支部"}
        content = sheets.roster(list(row.values()), header=list(row))
    assert [c.facts for c in examine(world.bureau, content).differences.changed] == [(name,)]
    import_file(
        world.actor("deng"), unit_id=world.bureau.pk, file_name="名册.xlsx", content=content
    )
    membership = Membership.objects.get(person=chen, closed_at=None)
    assert words_of(fact, membership.person, membership) == words
    assert not examine(world.bureau, content).differences.changed


NICKNAME = PersonFact(
    "pet_name",
    "Pet name",
    length=20,
    headers="绰号 pet",
    writers=Viewer.UNIT | Viewer.SELF,
    viewers=CLOSE,
    listed=Listed.PAGE,
    role=Fitness.SKILL,
)
"""A fact for a trial: one declaration, and nothing else is changed."""

MORE = (*FACTS, NICKNAME)


def test_one_declaration_brings_a_fact_into_rosters() -> None:
    facts = roster_facts(MORE)
    row = {"姓名": "张三", "身份证号": sheets.id_number(1), "绰　号": " 老张\u200b "}
    rows = iter([(1, list(row)), (2, list(row.values()))])
    judgement = judge([_Sheet(rows)], Setup(facts, Branches({}, "某局"), date(2026, 11, 28), {}))
    assert judgement.columns["pet_name"] == "绰 号"
    (read,) = judgement.rows
    assert read.notes[list(facts.notes).index("pet_name")] == "老张"
    blind = {read.id_number: b"1"}
    member = CurrentMember(
        *(None, None, read.branch, "in-service", "full", True, "张三", None, None, None, None),  # type: ignore[arg-type]
        notes=("",) * len(facts.notes),
    )
    changes = compare(judgement.rows, blind, {b"1": member}, list(facts.notes)).changed
    assert [change.facts for change in changes] == [("pet_name",)]


class _Sheet:
    title, hidden, first_column, merges = "名册", False, 0, ()
    is_looked_at = True
    hidden_rows = hidden_columns = frozenset[int]()
    struck = comments = errors = MappingProxyType[int, Any]({})

    def __init__(self, rows: Any) -> None:
        self.rows = rows
        self.struck: dict[int, set[int]] = {}
        self.comments: dict[int, dict[int, str]] = {}


def test_one_declaration_brings_a_fact_into_forms_pages_lists_and_copies(world: World) -> None:
    membership = Membership.objects.select_related("person").get(person=world.people["chen"])
    membership.person.pet_name = "老陈"  # type: ignore[attr-defined]
    person = membership.person
    for writer in (Viewer.UNIT, Viewer.SELF):
        values = partial(present_facts, writer=writer, facts=MORE)
        form = FactsForm(writer=writer, facts=MORE)
        assert (form.fields["pet_name"].max_length, form.fields["pet_name"].label) == (
            20,
            "Pet name",
        )
        assert values(person)["pet_name"] == "老陈"
    for viewer, words in ((Viewer.UNIT, ["老陈"]), (Viewer.OVERVIEW, [])):
        shown = seen_facts(person, membership, viewer, MORE)
        assert [text for fact, text in shown if fact is NICKNAME] == words
    assert copied_facts(person, MORE)["Pet name"] == "老陈"
    assert "老陈" in texts_of(person, Fitness.SKILL, MORE)
    assert "Pet name" in [str(column.label) for column in member_columns(MORE)]
    assert NICKNAME in notes_of(MORE)


DOORS = (
    "19900008888",
    "＋86 １９９ ００００ ８８８８",
    "+86-199-0000-8888",
    "199.0000.8888",
    "199·0000·8888",
    "١٩٩٠٠٠٠٨٨٨٨",
    "\u202d19900008888\u202c",
    "\u200b199 0000\u00a08888",
)
"""One telephone number as people write it."""


@pytest.mark.parametrize("typed", DOORS)
def test_every_door_reads_a_telephone_as_the_roster_does(world: World, typed: str) -> None:
    chen = world.people["chen"]
    client = Client()
    client.force_login(world.accounts["deng"])
    address = f"/people/{chen.pk}/edit/"
    values = {k: v for k, v in client.get(address).context["form"].initial.items() if v}
    assert client.post(address, values | {"phone": typed}).status_code == 302
    chen.refresh_from_db()
    assert chen.phone == "19900008888"
    row = person(1, 手机=typed)
    (read,) = examine(world.bureau, sheets.roster(row, header=HEADER)).judgement.rows
    assert read.phone == "19900008888"
    page = client.get("/people/", {"q": typed})
    assert chen.name in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["2003-07-01", "2003.7.1", "2003年7月1日", "２００３．０７．０１"]
)
def test_the_form_reads_a_day_as_the_roster_does(world: World, typed: str) -> None:
    form = NewMemberForm({"joined_on": typed}, branches=[])
    form.is_valid()
    assert form.cleaned_data["joined_on"] == date(2003, 7, 1)


def test_a_number_is_searched_however_it_is_written(world: World) -> None:
    client = browser(world, "deng")
    number = world.people["chen"].id_number
    spaced = f"{number[:6]} {number[6:14]}-{number[14:]}"
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number)
    for typed in (number, spaced, wide, number[-4:], f" {number[-4:]}\u200b"):
        assert "陈晓宇" in client.get("/people/", {"q": typed}).content.decode(), typed
