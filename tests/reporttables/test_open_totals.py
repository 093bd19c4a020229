"""Open figures: programs read them, and nobody reads a few people out of them."""

import csv
import hashlib
import json
from io import StringIO

from baodao.kernel import clock
from baodao.kernel.moments import AsOf, year_of
from baodao.reporttables.rules.open_totals import OpenColumn, gaps
from tests.figures.histories import begin
from tests.registration.browsing import browser
from tests.world import World


def test_a_single_gap_takes_the_next_smallest_with_it() -> None:
    people = OpenColumn((3, 40, 9, 0), 52, counts=True, adds_up=True)
    hours = OpenColumn((90, 900, 400, 0), 1390, counts=False, adds_up=True)
    share = OpenColumn((3, 40, 9, 0), 52, counts=False, adds_up=False)
    cells, totals = gaps([people, hours, share])
    assert {row for row, at in cells if at == 0} == {0, 2}
    assert {row for row, at in cells if at == 1} == {0, 2}
    assert {row for row, at in cells if at == 2} == {0, 2}
    assert totals == set()


def test_a_total_of_few_is_left_out_and_large_counts_stay() -> None:
    few = OpenColumn((1, 2), 3, counts=True, adds_up=True)
    many = OpenColumn((50, 0), 50, counts=True, adds_up=True)
    assert gaps([few, many]) == ({(0, 0), (1, 0)}, {0})
    alone = OpenColumn((4,), 4, counts=True, adds_up=True)
    assert gaps([alone]) == ({(0, 0)}, {0})


def test_a_table_is_open_as_csv_and_as_json_with_its_schema_and_hash(world: World) -> None:
    begin(world, 5, people=12)
    fan = browser(world, "fan")
    address = f"/report-tables/{world.east.code}/coverage/open"
    as_of = AsOf(clock.now())
    moment = {"as_of": str(as_of), "period": str(year_of(as_of))}
    answer = fan.get(f"{address}/json/", moment)
    content = json.loads(answer.content)
    names = [one["name"] for one in content["schema"]["fields"]]
    assert names[:2] == ["name", "members"]
    for row in content["rows"]:
        assert set(row) == set(names)
        counts = [row[name] for name in ("members", "in_service", "registered")]
        assert all(value is None or value == 0 or value >= 5 for value in counts)
    sha = content.pop("sha256")
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest() == sha
    assert sha[:12] in answer["Content-Disposition"]
    assert ":" not in answer["Content-Disposition"], "no system keeps a file of such a name"
    assert fan.get(f"{address}/json/", moment).content == answer.content
    table = fan.get(f"{address}/csv/", moment).content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(table)))
    assert len(lines) == len(content["rows"]) + 2
    assert lines[0][0] == "组织名称"
    for who, page in (("an", f"{address}/csv/"), ("fan", f"{address}/xml/")):
        assert browser(world, who).get(page).status_code == 404, who
    members = f"/report-tables/{world.willow.code}/members/open/csv/"
    assert browser(world, "an").get(members).status_code == 404, "people are no open figures"
