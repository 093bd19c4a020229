"""The pages of the lists: each side reads, claims and answers; papers in four media; the API."""

import pytest

from baodao.kernel.authz import Permission
from baodao.resources.models import ListClaim, Project, Resource
from tests.offers.steps import hour
from tests.orders.steps import partner
from tests.programs import code_of, ids, program
from tests.registration.browsing import browser, text
from tests.resources import steps
from tests.world import World


def test_a_unit_writes_a_resource_down_and_a_community_claims_it(world: World) -> None:
    partner(world)
    need = steps.need(world)
    dai, an = browser(world, "dai"), browser(world, "an")
    typed = {
        "kind": "场地", "title": "三楼会议室", "text": "可开会", "contact_name": "戴文",
        "contact_phone": "19900002222", "reach": "partner",
    }  # fmt: skip
    page = dai.post("/resources/new/", typed)["Location"]
    assert "需要帮助" in text(dai.get(page)) or "场地" in text(dai.get(page))
    dai.post(f"{page}publish/")
    assert "三楼会议室" in text(an.get("/resources/"))
    hours = {"on": f"{hour():%Y-%m-%d}", "begins": "09:00", "ends": "11:00"}
    an.post(f"{page}claim/", hours | {"need": str(need.pk), "words": "居民议事"})
    row = ListClaim.objects.get()
    assert (row.need, row.starts_at) == (need, hour())
    waiting = text(dai.get("/resources/claims/"))
    assert "居民议事" in waiting
    assert f"/resources/claims/{row.pk}/accept/" in waiting
    dai.post(f"/resources/claims/{row.pk}/accept/")
    assert "柳荫社区" in text(dai.get(page))
    assert browser(world, "bao").get(page).status_code == 404
    assert browser(world, "bao").get(f"/resources/claims/{row.pk}/decline/").status_code == 404


def test_a_unit_takes_a_need_on_and_takes_part_in_a_project(world: World) -> None:
    partner(world)
    need, dai, an = steps.need(world), browser(world, "dai"), browser(world, "an")
    assert "居民议事借用场地开会" in text(dai.get("/resources/needs/"))
    dai.post(f"/resources/needs/{need.pk}/claim/", {"words": "出会议室"})
    an.post("/resources/projects/new/", {"title": "科普进楼道", "year": hour().year})
    project = Project.objects.get()
    dai.post(f"/resources/projects/{project.pk}/claim/", {"words": ""})
    for row in ListClaim.objects.all():
        an.post(f"/resources/claims/{row.pk}/accept/")
    assert "1/1" in text(an.get("/resources/needs/"))
    assert "区城建局机关党委" in text(an.get(f"/resources/projects/{project.pk}/"))
    assert browser(world, "qin").get(f"/resources/projects/{project.pk}/").status_code == 200


@pytest.mark.parametrize("paper", ["resources", "resources/needs", "resources/projects"])
def test_each_list_is_had_in_four_media(world: World, paper: str) -> None:
    partner(world)
    steps.lent(world, steps.hall(world))
    steps.need(world)
    steps.joined(world, steps.project(world))
    an = browser(world, "an")
    page = text(an.get(f"/{paper}.html"))
    words = {"resources": "三楼会议室：可坐80人", "resources/needs": "居民议事"}
    assert words.get(paper, "科普进楼道") in page
    for ending in ("pdf", "docx", "xlsx"):
        assert an.get(f"/{paper}.{ending}").status_code == 200
    assert an.get(f"/{paper}.txt").status_code == 404


def test_a_program_claims_a_resource_and_another_answers(world: World) -> None:
    partner(world)
    row = steps.hall(world)
    read, receive = Permission.UNIT_REGISTRATION_READ, Permission.UNIT_REGISTRATION_ACCEPT
    here = program(world, "an", "willow", read, receive)
    assert ids(here.get("/resources/", organisation=world.willow.code)) == [str(row.pk)]
    body = {
        "resource": str(row.pk),
        "community": world.willow.code,
        "starts_at": hour().isoformat(),
        "ends_at": hour(at=11).isoformat(),
    }
    claim = here.post("/resources/claims/", body).json()
    unit = program(world, "deng", "bureau", read, Permission.UNIT_REGISTRATION_PRESENT)
    assert ids(unit.get("/resources/claims/", organisation=world.bureau.code)) == [claim["id"]]
    answer = unit.post(f"/resources/claims/{claim['id']}/accept/", {})
    assert answer.json()["state"] == "agreed"
    assert Resource.objects.get().pk == row.pk
    need, project = steps.need(world, units=2), steps.project(world)
    reader = program(world, "deng", "bureau", read, Permission.NEED_READ)
    [call] = reader.get("/resources/needs/", organisation=world.bureau.code).json()["items"]
    assert (call["need"], call["units"], call["taken"]) == (str(need.pk), 2, 0)
    assert ids(reader.get("/resources/projects/", organisation=world.bureau.code)) == [
        str(project.pk)
    ]
    assert code_of(here.get("/resources/needs/", organisation=world.willow.code))[0] == 403
    for path in ("/resources/needs/", "/resources/projects/"):
        assert ids(reader.get(path, organisation=world.willow.code)) == []
