"""Who is gone by a roster is ended or kept by one tap for all of a kind."""

from baodao.people.models import Membership
from baodao.people.rules.departures import Ending
from baodao.rosters.models import RosterImport
from baodao.rostersheets.rules.exit_words import ExitKind
from tests.registration.browsing import browser, client_id, text
from tests.rosters import sheets
from tests.rosters.sheets import HEADER, Tab, person
from tests.rosters.test_roster_pages import apply, upload
from tests.world import World


def held() -> RosterImport:
    return RosterImport.objects.latest("created_at")


def test_a_tap_ends_who_died_and_another_keeps_who_is_struck(world: World) -> None:
    clerk = browser(world, "dai")
    upload(clerk, sheets.roster(*(person(order) for order in range(4))))
    apply(clerk, "all")
    rows = [[*person(order), ""] for order in range(4)]
    rows[0][-1], rows[1][-1] = "2026.03", "2026.04"
    tab = Tab("名册", [[*HEADER, "去世时间"], *rows], struck=["B5"])
    page = text(upload(clerk, sheets.xlsx(tab)))
    assert "表中 2 人写有去世，是否属实？" in page
    assert "读到 4 人，其中 1 人没有问题" in page
    address = f"/people/rosters/{held().pk}/columns/"
    for name, kind in (("gone", ExitKind.DIED), ("kept", ExitKind.STRUCK)):
        body = {"client_id": client_id(clerk.get(address)), name: kind}
        page = text(clerk.post(address, body, follow=True))
    assert "读到 2 人，其中 2 人没有问题" in page
    assert "2 名已离开的党员" in page
    assert "已导入：新增 0 人，变更 0 人" in apply(clerk, "all")
    ended = Membership.objects.filter(ending=Ending.DIED, person__name=sheets.name(0))
    assert ended.count() == 1
    assert Membership.objects.filter(person__name=sheets.name(3), closed_at=None).exists()
