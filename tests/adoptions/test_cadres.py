"""The work of contact cadres: what each did by week and month, of whom who reads it; units stand
in an order only behind the switch, persons never."""

from datetime import timedelta

from baodao.adoptions.queries.cadres import COLLECTED, SOLVED, VISITS, cadre_work_of
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, read_period
from baodao.visits.commands.visits import withdraw_visit
from tests.adoptions.steps import SUMMER, adopted, night, on
from tests.registration.browsing import browser, text
from tests.visits import steps
from tests.world import World

MONTHLY = """
format: 1
name: 每月走访两次
subject: cadre
period: month
amounts: {visits: {count: visit, label: 走访社区}}
outcome: {pass: {amount: visits, at_least: 2}}
"""


DAY = SUMMER + timedelta(days=7)


def _said(world: World) -> None:
    """Chen visits once, and once more without telling it in the end; a policy asks for two."""
    with on(DAY):
        point, chen = steps.contact(world), world.actor("chen")
        steps.visit(chen, point)
        withdraw_visit(chen, visit_id=steps.visit(chen, point).pk)
        adopted(world, MONTHLY, from_on=DAY.replace(day=1))
    night(DAY)


def test_visits_are_told_by_week_for_place_and_unit(world: World) -> None:
    _said(world)
    with on(DAY + timedelta(days=1)):
        month = read_period(f"{DAY:%Y-%m}", AsOf(clock.now()))
        for name, place in (("fan", world.east), ("an", world.willow), ("deng", world.bureau)):
            [line] = cadre_work_of(world.actor(name), place, month).lines
            assert [line.totals[one] for one in (VISITS, COLLECTED, SOLVED)] == [1, 0, 0]
            assert [week[VISITS] for week in line.weeks].count(1) == 1
        assert line.result is not None
        assert not cadre_work_of(world.actor("bao"), world.willow, month).lines
        page = text(browser(world, "fan").get("/adoptions/cadres/"))
        for words in ("走访 1", "陈晓宇", "还差 1 次走访社区"):
            assert words in page
        assert browser(world, "chen").get("/adoptions/cadres/").status_code == 404
        book = browser(world, "deng").get("/adoptions/cadres/?export=pdf")
        assert book["Content-Type"] == "application/pdf"


def test_units_stand_in_an_order_only_behind_the_switch_and_only_of_a_quarter(world: World) -> None:
    month, quarter = (read_period(one, AsOf(clock.now())) for one in ("2026-07", "2026-Q3"))
    fan = world.actor("fan")
    assert not cadre_work_of(fan, world.east, quarter).is_ordered
    world.turned_on("unit-order")
    assert cadre_work_of(fan, world.east, quarter).is_ordered
    assert not cadre_work_of(fan, world.east, month).is_ordered
