"""The pages of contact points and visits: on the phone, of places, on paper, over the API."""

import json
from uuid import uuid4

import pytest

from baodao.kernel import clock
from baodao.problems.models import PlaceProblem
from baodao.visits.models import ContactPoint, ContactVisit, VisitNeed
from baodao.visits.rules.visits import RULES
from tests.offers import steps as offered
from tests.programs import program
from tests.registration.browsing import browser, text
from tests.visits import steps
from tests.world import World

TODAY = "%Y-%m-%d"


def delivered(world: World, name: str, visit: dict[str, str], owner: str = "") -> tuple[int, dict]:
    """What the phone of somebody is answered."""
    mine = browser(world, name)
    own = owner or str(world.accounts[name].pk)
    body = {"visit": json.dumps(visit), "owner": own, "client_id": visit["id"]}
    answer = mine.post("/visits/along/deliver/", body)
    return answer.status_code, answer.json()


def written(row: ContactPoint, **words: str) -> dict[str, str]:
    """A visit as a phone sends it."""
    empty = dict.fromkeys(("seen", "heard", "explained", "done"), "")
    on = f"{clock.today():{TODAY}}"
    return {"id": str(uuid4()), "contact": str(row.pk), "on": on, **empty, **words}


def test_a_phone_takes_contacts_along_and_delivers_a_visit_once(world: World) -> None:
    row, chen = steps.contact(world), browser(world, "chen")
    pack = chen.get("/visits/along/pack/").json()
    assert [one["words"] for one in pack["contacts"]] == ["柳荫社区"]
    assert [rule["code"] for rule in pack["rules"]] == [rule.code for rule in RULES]
    visit = written(row, heard="车棚没有灯")
    assert [delivered(world, "chen", visit)[0] for _ in range(3)] == [200] * 3
    kept = ContactVisit.objects.get()
    assert (str(kept.pk), kept.heard) == (visit["id"], "车棚没有灯")
    assert delivered(world, "chen", visit | {"heard": "别的"})[0] == 409
    assert delivered(world, "chen", written(row, seen="好"), owner=str(uuid4()))[0] == 409
    assert delivered(world, "chen", written(row))[0] == 409
    assert delivered(world, "chen", {"id": "?", "contact": "?"})[0] == 409
    assert browser(world, "an").get("/visits/along/pack/").status_code == 404


def test_the_page_of_the_phone_names_nothing(world: World) -> None:
    steps.contact(world)
    page = text(browser(world, "chen").get("/visits/along/"))
    assert "陈晓宇" not in page
    assert "柳荫" not in page


def test_a_cadre_writes_a_visit_without_scripts_and_makes_a_need_and_a_problem(
    world: World,
) -> None:
    row, chen, an = steps.contact(world), browser(world, "chen"), browser(world, "an")
    page = f"/me/visits/contacts/{row.pk}/"
    assert page in text(chen.get("/me/today/"))
    typed = {"on": f"{clock.today():{TODAY}}", "heard": "楼道灯不亮", "client_id": str(uuid4())}
    assert chen.post(page, typed | {"heard": ""}).status_code == 422
    sent = chen.post(page, typed)
    visit = ContactVisit.objects.get()
    address = f"/visits/{visit.pk}/"
    assert sent["Location"] == address
    assert "楼道灯不亮" in text(chen.get(address))
    need = {"text": "装一盏楼道灯", "category": "relief", "urgency": "normal"}
    assert chen.post(f"{address}need/", need)["Location"] == address
    problem = f"/problems/of-visit/{visit.pk}/"
    assert problem in text(chen.get(address))
    assert chen.post(problem, {"text": "楼道灯不亮"})["Location"] == address
    made, row_of_list = VisitNeed.objects.get(), PlaceProblem.objects.get()
    assert address in text(an.get(f"/needs/{made.need_id}/"))
    assert address in text(an.get(f"/problems/{row_of_list.pk}/"))
    seen = text(an.get(address))
    assert f"/needs/{made.need_id}/" in seen
    assert f"/problems/{row_of_list.pk}/" in seen
    assert browser(world, "bao").get(address).status_code == 404


def test_an_authority_and_a_secretary_name_contacts_by_name(world: World) -> None:
    offered.chen(world)
    fan, ji = browser(world, "fan"), browser(world, "ji")
    typed = {"place": "柳荫社区", "cadre": "陈晓宇", "since": f"{clock.today():{TODAY}}"}
    assert fan.post("/visits/contacts/new/", typed | {"cadre": "没有此人"}).status_code == 422
    assert fan.post("/visits/contacts/new/", typed).status_code == 302
    household = {
        "cadre": "陈晓宇", "since": typed["since"], "title": steps.TITLE,
        "name": "刘秀莲", "hardship": "独居", "phone": "19900006665",
    }  # fmt: skip
    assert ji.post("/visits/contacts/household/", household).status_code == 302
    kinds = set(ContactPoint.objects.values_list("kind", flat=True))
    assert kinds == {"community", "household"}
    assert browser(world, "an").get("/visits/contacts/household/").status_code == 404
    row = ContactPoint.objects.get(kind="household")
    shown = ji.post(f"/visits/contacts/{row.pk}/household/", {"reason": "上门走访前联系"})
    assert "刘秀莲" in text(shown)
    own = browser(world, "chen").post(f"/me/visits/contacts/{row.pk}/household/", {})
    assert "刘秀莲" in text(own)


@pytest.mark.parametrize("ending", ["html", "pdf", "xlsx", "docx"])
def test_lists_and_papers_tell_nothing_of_a_household(world: World, ending: str) -> None:
    offered.chen(world)
    row = steps.household(world)
    visit = steps.visit(world.actor("chen"), row, heard="想装扶手")
    paths = ("/visits/", "/visits/contacts/", f"/visits/contacts/{row.pk}/", f"/visits/{visit.pk}/")
    for name in ("an", "fan"):
        reader = browser(world, name)
        pages = "".join(text(reader.get(path)) for path in paths)
        assert not [secret for secret in steps.SECRETS if secret in pages]
        assert ("想装扶手" in pages) is (name == "an")
        paper = reader.get(f"/visits/records.{ending}")
        assert paper.status_code == 200
        if ending == "html":
            assert ("想装扶手" in text(paper)) is (name == "an")


def test_a_unit_reads_numbers_alone(world: World) -> None:
    offered.chen(world)
    row = steps.household(world)
    steps.visit(world.actor("chen"), row, heard="想装扶手")
    deng = browser(world, "deng")
    assert "联系干部" in text(deng.get("/unit/"))
    page = text(deng.get("/unit/visits/"))
    assert "1 个联系点" in page
    assert steps.TITLE not in page
    assert "想装扶手" not in page
    assert deng.get(f"/visits/contacts/{row.pk}/").status_code == 404


def test_a_program_reads_contact_points_without_words(world: World) -> None:
    offered.chen(world)
    row = steps.household(world)
    steps.visit(world.actor("chen"), row, heard="想装扶手")
    answer = program(world, "an", "willow").get("/contact-points/", community=world.willow.code)
    [one] = answer.json()["items"]
    assert (one["words"], one["visits_done"], one["wish"]) == (steps.TITLE, 1, 1)
    content = answer.content.decode()
    assert not [secret for secret in (*steps.SECRETS, "想装扶手") if secret in content]
