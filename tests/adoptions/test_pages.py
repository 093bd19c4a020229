"""The pages of adopted policies: the district's, the unit's, the community's, the member's own."""

from datetime import timedelta

from django.test import Client

from baodao.adoptions.models import Adoption, PolicyResult
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.partnership.commands.registrations import accept
from baodao.partnership.commands.registrations import present as present_form
from baodao.people.models import Person
from baodao.policies.commands.texts import save_policy
from baodao.trials.queries import tried
from tests import factories
from tests.adoptions.steps import FIRST, SUMMER, TWO, adopted, night, on, served, stands
from tests.ledger.steps import hosted
from tests.offers.steps import published
from tests.partnership.test_unit_registrations import CONTACT
from tests.programs import ids, program
from tests.registration.browsing import browser, text
from tests.world import World

DAY = timedelta(days=1)


def _page(world: World, name: str, url: str) -> str:
    return text(_client(world, name).get(url))


def _client(world: World, name: str) -> Client:
    return browser(world, name)


def test_a_district_adopts_on_a_page_and_everybody_reads_what_comes_of_it(world: World) -> None:
    with on(SUMMER):
        hosted(world)
        version = save_policy(world.actor("fan"), organisation_id=world.east.pk, text=TWO % 2)
        fan = browser(world, "fan")
        assert "全年至少两次" in text(fan.get("/adoptions/"))
        url = f"/adoptions/versions/{version.pk}/"
        assert "志愿服务" in text(fan.get(url))
        form = {"from_on": FIRST.isoformat(), "basis": "区组发〔2026〕3号", "settle_days": "31"}
        assert fan.post(url, form)["Location"] == "/adoptions/"
        row = Adoption.objects.get()
        assert browser(world, "an").get(url).status_code == 404
    record = served(world, SUMMER)
    night(SUMMER)
    with on(SUMMER + DAY):
        for name in ("fan", "deng", "qin", "an"):
            page = _page(world, name, f"/adoptions/{row.pk}/")
            assert "陈晓宇" in page, name
            assert "还差 1 次志愿服务：已参加 1 次，要求 2 次" in page
            assert "区组发〔2026〕3号" in page
        result = stands(row)
        page = _page(world, "deng", f"/adoptions/results/{result.pk}/")
        assert f"/records/{record.community_id}/{record.id}/" in page
        assert "陈晓宇" not in _page(world, "bao", f"/adoptions/{row.pk}/")
        assert browser(world, "bao").get(f"/adoptions/results/{result.pk}/").status_code == 404
        for url in ("/me/policy/", "/me/today/", "/me/"):
            assert "还差 1 次志愿服务：已参加 1 次，要求 2 次" in _page(world, "chen", url), url
        person = _page(world, "an", f"/persons/{world.people['chen'].pk}/")
        assert "还差 1 次志愿服务：已参加 1 次，要求 2 次" in person


def test_what_would_count_next_is_where_the_policy_counts_it(world: World) -> None:
    """An activity next door in the same street may be claimed, and counts for a policy of one's own
    community only once one lives there; also after a half-year was missed."""
    own = "{amount: {count: service, where: {place: [own, home]}}, at_least: %s}"
    text_of_own = f"all: [{own % '1, every: half-year'}, {own % 2}]"
    with on(SUMMER):
        chen = hosted(world)
        adopted(world, f"format: 1\nname: 本社区\noutcome: {{pass: {{{text_of_own}}}}}\n")
        published(world, title="门前清洁")
        published(world, title="石桥清洁", where=world.bridge)
    night(SUMMER)
    with on(SUMMER + DAY):
        page = _page(world, "chen", "/me/policy/")
        assert "门前清洁" in page
        assert "石桥清洁" not in page
        Person.objects.filter(pk=chen.pk).update(home_community=world.bridge, home_since=None)
        assert "石桥清洁" in _page(world, "chen", "/me/policy/")


def test_what_the_unit_may_take_on_in_its_partner_community_counts_too(world: World) -> None:
    """A post beyond the member's own community is shown as the unit's to take on, not as theirs to
    claim; of no partner community nothing is."""
    with on(SUMMER):
        hosted(world)
        adopted(
            world, "format: 1\nname: 岗位\noutcome: {pass: {amount: {count: claim}, at_least: 1}}\n"
        )
        published(world, "post", title="门前劝导岗")
        published(world, "post", title="石桥法律岗", where=world.bridge)
    night(SUMMER)
    with on(SUMMER + DAY):
        page = _page(world, "chen", "/me/policy/")
        assert "门前劝导岗" in page
        assert "石桥法律岗" not in page
        form = present_form(
            world.actor("dai"),
            unit_id=world.bureau.pk,
            community_id=world.bridge.pk,
            contact=CONTACT,
        )
        accept(world.actor("bao"), unit_registration_id=form.pk)
        page = _page(world, "chen", "/me/policy/")
        assert "门前劝导岗" not in page.split("这些由单位认领，也能计入")[1]
        assert "石桥法律岗" in page.split("这些由单位认领，也能计入")[1]


def test_who_came_with_a_later_roster_is_told_as_such(world: World) -> None:
    """On the member's page, to the unit in its list, and before anybody adopts: nobody knows
    whether they are new."""
    factories.member("老党员", world.first)
    with on(SUMMER):
        chen = hosted(world)
        day = {"from_on": SUMMER, "recorded_at": clock.now(), "is_dated": False}
        chen.memberships.update(**day)
        row = adopted(world)
        tries = tried(world.first, SUMMER, row.rules, None)
        assert [one.entered_on for one in tries if one.assessment.key == str(chen.pk)] == [SUMMER]
    night(SUMMER)
    words = f"{SUMMER.year}年7月1日由名册导入，未写明加入日期"
    with on(SUMMER + DAY):
        assert words in _page(world, "deng", f"/adoptions/results/{stands(row).pk}/")
        listed = _page(world, "deng", f"/adoptions/{row.pk}/?asked=entered")
        assert words in listed
        assert "老党员" not in listed
        assert "未写明加入日期，因此按原有党员要求" in _page(world, "chen", "/me/policy/")


def test_the_list_is_filtered_and_saved(world: World) -> None:
    with on(SUMMER):
        row = adopted(world)
    night(SUMMER)
    with on(SUMMER + DAY):
        url = f"/adoptions/{row.pk}/"
        assert "陈晓宇" in _page(world, "deng", f"{url}?state=open&below={world.first.code}")
        assert "陈晓宇" not in _page(world, "deng", f"{url}?state=met")
        saved = browser(world, "deng").get(f"{url}?export=xlsx")
        assert saved["Content-Type"].startswith("application/vnd.openxml")


def test_it_is_ended_and_withdrawn_on_pages(world: World) -> None:
    with on(SUMMER):
        row = adopted(world)
        fan, url = browser(world, "fan"), f"/adoptions/{row.pk}/"
        last = SUMMER.replace(month=12, day=31).isoformat()
        assert fan.post(f"{url}end/", {"until_on": last, "reason": "到期"})["Location"] == url
        assert browser(world, "deng").get(f"{url}withdraw/").status_code == 404
        assert fan.post(f"{url}withdraw/", {"reason": "写错了"})["Location"] == "/adoptions/"
        assert fan.get(url).status_code == 404


def test_a_program_reads_results_where_it_may(world: World) -> None:
    with on(SUMMER):
        row = adopted(world)
    night(SUMMER)
    with on(SUMMER + DAY):
        token = program(world, "deng", "bureau", Permission.RECORD_READ)
        assert ids(token.get("/adoptions/")) == [str(row.pk)]
        listed = token.get("/adoptions/results/", adoption=row.pk, below=world.first.code)
        assert str(stands(row).pk) in ids(listed)
        assert "2 times of 志愿服务 to go" in listed.json()["items"][0]["reason"]
        [line] = listed.json()["items"][0]["lines"]
        assert (line["state"], line["share"]) == ("open", 0)
        blind = program(world, "an", "willow", Permission.OFFER_READ)
        assert blind.get("/adoptions/").status_code == 403
        next_door = program(world, "bao", "bridge", Permission.RECORD_READ)
        assert ids(next_door.get("/adoptions/results/", adoption=row.pk)) == []
    assert PolicyResult.objects.exists()
