"""The pages of help groups: the desk, the phone of who is in one, counts above; who reads what."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baodao.accounts.commands.switches import end_switch
from baodao.accounts.models import Switch
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.helpgroups.commands.groups import remove_aide
from baodao.helpgroups.models import GroupAide, GroupHousehold, HelpGroup
from baodao.kernel import clock
from baodao.residents.models import HouseholdFile
from tests.helpgroups import steps
from tests.registration.browsing import browser, text
from tests.residents import steps as files
from tests.teams.steps import signed_in
from tests.world import World


def test_a_group_is_founded_filled_and_given_a_household_on_its_pages(world: World) -> None:
    file = files.full_file(files.on(world))
    an = browser(world, "an")
    assert "第一网格" in text(an.get("/help-groups/"))
    founded = {"name": "第一网格红色帮扶小组", "grid": world.grid.pk, "client_id": str(uuid4())}
    page = an.post("/help-groups/new/", founded)["Location"]
    assert an.post("/help-groups/new/", founded)["Location"] == page
    assert an.post("/help-groups/new/", {**founded, "client_id": ""}).status_code == 422
    [row] = HelpGroup.objects.all()
    officer = {"part": "police", "member": "", "name": "民警小赵"}
    assert an.post(f"{page}join/", officer)["Location"] == page
    assert an.post(f"{page}join/", {"part": "police"}).status_code == 422
    give = {"group": str(row.pk), "title": steps.TITLE}
    own = f"/households/{file.pk}/help-group/"
    assert an.post(own, {**give, "title": files.GAO.name}).status_code == 422
    assert an.post(own, give)["Location"] == page
    shown = text(an.get(page)) + text(an.get("/help-groups/"))
    assert "民警小赵" in shown
    assert steps.TITLE in shown
    assert not [secret for secret in files.SECRETS if secret in shown]
    assert an.get(f"{page}records.html").status_code == 200
    assert an.get(f"{page}records.xlsx").status_code == 200
    stand = GroupHousehold.objects.get()
    over = {"ending": "wish", "reason": ""}
    assert an.post(f"/help-groups/households/{stand.pk}/end/", over)["Location"] == page
    assert an.get(f"/help-groups/households/{stand.pk}/end/").status_code == 409
    gone = an.post(f"{page}dissolve/", {"reason": "网格调整"})
    assert gone["Location"] == page
    for name in ("join", "team", "dissolve"):
        assert an.get(f"{page}{name}/").status_code == 409
    for name in ("bao", "deng", "fan", "gu"):
        assert browser(world, name).get(page).status_code == 404, name


def test_who_is_in_a_group_helps_in_one_tap_and_reads_no_more_than_helps(world: World) -> None:
    row, stand, member = steps.at_work(world)
    phone = signed_in(member)
    first = text(phone.get("/")) + text(phone.get("/me/help-groups/"))
    assert steps.TITLE in first
    own = f"/me/help-groups/households/{stand.pk}/"
    today = f"{clock.today():%Y-%m-%d}"
    tap = {"kind": "company", "on": today, "minutes": "30", "words": "", "client_id": str(uuid4())}
    assert phone.post(own, tap)["Location"] == "/me/help-groups/"
    assert phone.post(own, tap)["Location"] == "/me/help-groups/"
    assert row.households.get().helps.count() == 1
    masked = first + text(phone.get(own))
    assert not [secret for secret in files.SECRETS if secret in masked]
    opened = text(phone.post(f"{own}who/", {"client_id": str(uuid4())}))
    read = {secret for secret in files.SECRETS if secret in opened}
    assert read == {"高凤英", "19900008881", "8号楼3单元402", files.PLAN}
    reading = text(browser(world, "an").get(f"/households/{HouseholdFile.objects.get().pk}/"))
    assert "帮扶小组组员查看" in reading
    assert "上门看望" in reading
    aide = GroupAide.objects.get()
    remove_aide(world.actor("an"), aide_id=aide.pk, reason="工作调整")
    for page in (own, f"{own}who/", f"/me/help-groups/{aide.pk}/leave/"):
        assert phone.get(page).status_code == 404
    assert steps.TITLE not in text(phone.get("/me/help-groups/"))


def test_where_files_are_switched_off_groups_show_nothing(world: World) -> None:
    row, stand, member = steps.at_work(world)
    switch = Switch.objects.get(key=HOUSEHOLD_FILES)
    end_switch(world.actor("sun"), switch_id=switch.pk, reason="评估到期")
    an, phone = browser(world, "an"), signed_in(member)
    assert an.get("/help-groups/").url == "/households/"
    for page in ("new/", "due/", f"{row.pk}/"):
        assert an.get(f"/help-groups/{page}").status_code == 404
    assert phone.get(f"/me/help-groups/households/{stand.pk}/who/").status_code == 404


def test_above_the_community_there_are_counts_alone(world: World) -> None:
    row, _, _ = steps.at_work(world)
    fan = browser(world, "fan")
    page = text(fan.get("/help-groups/counts/"))
    assert "柳荫街道" in page
    assert fan.get(f"/help-groups/{row.pk}/").status_code == 404
    assert fan.get("/help-groups/").status_code in (403, 404)


@pytest.mark.parametrize("page", ["/help-groups/", "/help-groups/due/", "{own}"])
def test_pages_ask_no_more_for_more_households(world: World, page: str) -> None:
    row, _, member = steps.at_work(world)
    client = signed_in(member) if page == "{own}" else browser(world, "an")
    address = page.format(own="/me/help-groups/")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(3):
        entry = files.HouseholdEntry(f"丁{number}", "独居", "", f"{number}号楼")
        steps.taken(world, row, files.file(world, entry))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
