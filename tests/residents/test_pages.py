"""The pages of files: masked, opened with a reason, shown to the household, off by default."""

import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from baodao.accounts.commands.switches import end_switch
from baodao.accounts.models import Switch
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.residents.models import HouseholdFile, Resident, SupportMeasure
from baodao.residents.rules.entries import HouseholdEntry
from tests.registration.browsing import browser, text
from tests.residents import steps
from tests.world import World


def form(**typed: object) -> dict[str, object]:
    """What is typed into the form of a new file."""
    return {
        "name": "高凤英", "phone": "199 0000 8881", "address": "柳荫里8号楼3单元402",
        "hardship": "独子重病，本人腿脚不便", "categories": ["illness", "alone"],
        "grade": "close", "basis": "consent", "wording": "本人书面同意，告知书第1版",
        "given_on": f"{steps.day(0):%Y-%m-%d}", "kept_until": f"{steps.day(365):%Y-%m-%d}",
        "client_id": str(uuid4()), **typed,
    }  # fmt: skip


def pdf_text(content: bytes) -> str:
    """What stands on a paper, without white space."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_where_files_are_off_there_is_no_list_and_no_form_but_what_was_kept_stays(
    world: World,
) -> None:
    an = browser(world, "an")
    assert "/households/new/" not in text(an.get("/households/"))
    for page in ("new", "seek"):
        assert an.get(f"/households/{page}/").status_code == 404
        assert an.post(f"/households/{page}/", form()).status_code == 404
    row = steps.full_file(steps.on(world))
    switch = Switch.objects.get(key=HOUSEHOLD_FILES)
    end_switch(world.actor("sun"), switch_id=switch.pk, reason="评估到期")
    page = text(an.get("/households/"))
    assert row.number in page
    assert "独居" not in page
    assert "高" not in page
    own = f"/households/{row.pk}/"
    assert "高**" not in text(an.get(own))
    for name in ("write", "support", "basis", "move", "read", "people", "measures"):
        assert an.get(f"{own}{name}/").status_code == 404, name
    assert an.get(f"{own}card/").status_code == 200
    why = {"ending": "wish", "reason": "本户要求"}
    assert an.post(f"{own}delete/", why)["Location"] == own
    for name, status in (("delete", 409), ("card", 409), ("write", 404)):
        page = an.get(f"{own}{name}/")
        assert (page.status_code, "<form" in text(page).partition("<main")[2]) == (status, False)


def test_a_deleted_file_has_no_form_left_at_any_address(world: World) -> None:
    an, row = browser(world, "ji"), steps.full_file(steps.on(world))
    person, measure = row.residents.first(), row.measures.get()
    assert person
    own = f"/households/{row.pk}/"
    assert an.post(f"{own}delete/", {"ending": "wish", "reason": "本户要求"}).status_code == 302
    names = ("write", "support", "basis", "move", "read", "children", "card", "people", "measures")
    addresses = [
        *(f"{own}{name}/" for name in (*names, "delete")),
        f"{own}people/{person.pk}/remove/",
        f"/households/measures/{measure.pk}/done/",
        f"/households/measures/{measure.pk}/drop/",
    ]
    pages = [an.get(one) for one in addresses]
    assert {page.status_code for page in pages} <= {404, 409}
    assert not any("<form" in text(page).partition("<main")[2] for page in pages)


def test_a_community_keeps_a_file_on_its_pages(world: World) -> None:
    steps.on(world)
    an, ji = browser(world, "an"), browser(world, "ji")
    page = an.post("/households/new/", form())["Location"]
    assert an.post("/households/new/", form()).status_code == 422
    row = HouseholdFile.objects.get()
    people = f"{page}people/"
    son = {"name": "高建国", "born": "1970", "relation": "child"}
    child = {"name": "高小满", "born": str(steps.day(0).year - 8), "relation": "grandchild"}
    assert an.post(people, son)["Location"] == page
    assert an.post(people, child).status_code == 422
    assert ji.post(people, child)["Location"] == page
    plan = {"kind": "aid", "text": steps.PLAN, "doer": "小周", "due_on": f"{steps.day(9):%Y-%m-%d}"}
    assert an.post(f"{page}measures/", plan)["Location"] == page
    measure = SupportMeasure.objects.get()
    masked = text(an.get("/households/")) + text(an.get(page)) + text(ji.get(page))
    assert "高**" in masked
    assert not [secret for secret in steps.SECRETS if secret in masked]
    opened = text(an.post(f"{page}read/", {"reason": "上门走访前核对"}))
    assert [secret for secret in steps.SECRETS if secret not in opened] == ["高小满"]
    assert an.get(f"{page}children/").status_code == 404
    assert "高小满" in text(ji.post(f"{page}children/", {"reason": "办理助学核对"}))
    assert "上门走访前核对" in text(an.get(page))
    done = {"done_on": f"{steps.day(0):%Y-%m-%d}", "outcome": "已受理"}
    assert an.post(f"/households/measures/{measure.pk}/done/", done)["Location"] == page
    sought = an.post("/households/seek/", {"name": "高凤英", "phone": "", "reason": "居民来电核对"})
    assert page in text(sought)
    support = {"categories": ["alone"], "grade": "light", "client_id": str(uuid4())}
    assert an.post(f"{page}support/", support)["Location"] == page
    gone = {"ending": "wish", "reason": "本人要求销档"}
    assert an.post(f"{page}delete/", gone)["Location"] == page
    row.refresh_from_db()
    assert (row.entry_id, Resident.objects.count()) == (None, 0)
    assert "高**" not in text(an.get(page))


def test_a_new_file_asks_for_its_namesake_only_where_there_is_one_and_lasts_by_its_grade(
    world: World,
) -> None:
    steps.on(world)
    an, box = browser(world, "an"), 'type="checkbox" name="another"'
    assert box not in text(an.get("/households/new/"))
    page = an.post("/households/new/", form(kept_until="", grade="regular"))["Location"]
    assert HouseholdFile.objects.get().kept_until == steps.day(730)
    again = an.post("/households/new/", form(kept_until=""))
    assert (again.status_code, box in text(again)) == (422, True)
    other = an.post("/households/new/", form(another="on", kept_until=""))["Location"]
    assert other != page


def test_the_card_for_the_household_says_who_showed_it(world: World) -> None:
    row = steps.full_file(steps.on(world))
    page = f"/households/{row.pk}/card/"
    for name, child in (("an", False), ("ji", True)):
        paper = browser(world, name).post(page, {"reason": "本户要求查阅"})
        assert paper["Content-Type"] == "application/pdf"
        words = pdf_text(paper.content)
        assert f"{world.actor(name).name}于" in words
        assert [one for one in steps.SECRETS if one not in words] == ([] if child else ["高小满"])
        assert "本户要求查阅" in words


def test_the_list_costs_the_same_however_many_files_there_are(world: World) -> None:
    steps.file(steps.on(world))
    an = browser(world, "an")
    an.get("/households/")
    with CaptureQueriesContext(connection) as few:
        an.get("/households/")
    for number in range(30):
        steps.file(world, HouseholdEntry(f"户主{number}", "独居"))
    with CaptureQueriesContext(connection) as many:
        assert "31" in text(an.get("/households/"))
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["bao", "fan", "deng", "chen", "sun", "shen", "su", "gu"])
def test_nobody_else_sees_that_there_is_a_file(world: World, name: str) -> None:
    values = steps.values_of(world)
    other = browser(world, name)
    for path in ("", "read/", "children/", "card/", "write/", "support/", "basis/", "delete/"):
        assert other.get(f"/households/{values['household_file_id']}/{path}").status_code == 404
    assert other.get(f"/households/measures/{values['measure_id']}/done/").status_code == 404
    assert str(values["household_file_id"]) not in other.get("/households/").content.decode()
