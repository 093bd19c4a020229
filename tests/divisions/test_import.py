"""The division table into the tree: once, asked about, all or nothing."""

import threading
from pathlib import Path

import pytest
from django.db import connections

from baodao.accounts.queries import operator
from baodao.claims.queries.claims import claims
from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.queries.tables import read_file
from baodao.divisions.rules.differences import ANSWERS, TablePlace
from baodao.kernel import clock, journal
from baodao.kernel.authz import Role
from baodao.kernel.errors import Refused
from baodao.ledger.queries.records import records
from baodao.operations.frame import Outcome, Parser
from baodao.operations.subcommands import divisions
from baodao.orgs.commands.organisations import close
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.orgs.rules.tree import Kind, about
from baodao.reports.queries.reports import reports
from baodao.reports.rules.plans import ReportKind
from tests import factories
from tests.ledger.steps import record
from tests.offers import steps as offered
from tests.orgs.test_reorganisations import done
from tests.registration.test_relations import move_on
from tests.reports.steps import drawn_by, submitted
from tests.world import World

TABLE = """code,name,parent
990100000000,滨河市,
990102000000,东岸区,990100000000
990102001000,柳荫街道,990102000000
990102001001,柳荫社区,990102001000
990102001002,石桥社区,990102001000
990102002000,北门街道,990102000000
990102002001,北门社区,990102002000
990103000000,西岸区,990100000000
990103001000,云水街道,990103000000
990103001001,云水社区,990103001000
990103001002,南湖社区,990103001000
"""


def places(text: str = TABLE) -> list[TablePlace]:
    return read_file(text.encode())


def names(kind: Kind) -> list[str]:
    return list(
        Organisation.objects.filter(kind=kind, closed_at=None).values_list("name", flat=True)
    )


def test_an_empty_tree_is_filled_and_the_same_table_again_changes_nothing(db: None) -> None:
    found = import_divisions(operator(), places=places())
    assert (found.read, len(found.created)) == (11, 11)
    willow = Organisation.objects.get(code="990102001001")
    assert willow.path == "990100000000.990102000000.990102001000.990102001001."
    assert willow.parent is not None
    assert (willow.parent.name, willow.pinyin) == ("柳荫街道", "liu yin she qu")
    again = import_divisions(operator(), places=places())
    assert (again.unchanged, again.questions(), again.created) == (11, 0, [])
    city = Organisation.objects.get(code="990100000000")
    entries = journal.timeline(about(city.pk))
    assert [entry.verb for entry in entries] == ["divisions.imported"]


def test_names_with_tabs_and_backslashes_arrive_as_they_are(db: None) -> None:
    import_divisions(operator(), places=[TablePlace("990100000000", r"滨\N河", None, Kind.CITY, 2)])
    assert Organisation.objects.get().name == r"滨\N河"


def test_the_drawn_world_is_known_to_the_table(world: World) -> None:
    found = import_divisions(operator(), places=places())
    assert (found.created, found.questions(), found.unchanged) == ([], 0, 11)


def test_a_renamed_place_keeps_its_name_until_agreed(world: World) -> None:
    changed = places(TABLE.replace("石桥社区", "石桥里社区"))
    for accepted in ((), ("moved", "closed"), ("renamed:990102001001",)):
        import_divisions(operator(), places=changed, accepted=accepted)
        assert "石桥社区" in names(Kind.COMMUNITY)
    import_divisions(operator(), places=changed, accepted=("renamed:990102001002",))
    assert "石桥里社区" in names(Kind.COMMUNITY)
    bridge = Organisation.objects.get(code="990102001002")
    assert [entry.facts for entry in journal.timeline(about(bridge.pk))] == [
        {"before": "石桥社区", "name": "石桥里社区"}
    ]


def test_a_place_that_another_took_over_is_told_and_never_opened_again(world: World) -> None:
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    changes = import_divisions(operator(), places=places(), accepted=ANSWERS)
    assert [(one.name, one.heir) for one in changes.taken_over] == [("柳荫社区", "石桥社区")]
    assert changes.closed == []
    world.willow.refresh_from_db()
    assert world.willow.closed_at is not None
    assert world.willow.parent == world.bridge


def test_a_vanished_place_is_closed_only_when_agreed_and_never_deleted(world: World) -> None:
    without = places(TABLE.replace("990102001001,柳荫社区,990102001000\n", ""))
    found = import_divisions(operator(), places=without)
    assert [gone.name for gone in found.vanished] == ["柳荫社区"]
    assert "柳荫社区" in names(Kind.COMMUNITY)
    close(operator(), organisation_id=world.grid.pk)
    close(operator(), organisation_id=world.team.pk)
    import_divisions(operator(), places=without, accepted=("closed",))
    held = Organisation.objects.get(code="990102001001")
    assert held.closed_at is not None
    assert world.people["chen"].home_community_id == held.pk
    found = import_divisions(operator(), places=places())
    assert [gone.name for gone in found.closed] == ["柳荫社区"]
    import_divisions(operator(), places=places(), accepted=("reopened",))
    assert "柳荫社区" in names(Kind.COMMUNITY)


def test_a_place_with_open_ones_below_is_not_closed_and_nothing_else_happens(world: World) -> None:
    text = TABLE.replace("990102001001,柳荫社区,990102001000\n", "").replace(
        "南湖社区", "南湖里社区"
    )
    with pytest.raises(Refused, match=r"division\.not-empty"):
        import_divisions(operator(), places=places(text), accepted=("closed", "renamed"))
    assert "南湖社区" in names(Kind.COMMUNITY)


def test_a_moved_street_takes_its_communities_along(world: World) -> None:
    moved = places(TABLE.replace("北门街道,990102000000", "北门街道,990103000000"))
    found = import_divisions(operator(), places=moved)
    assert [move.name for move in found.moved] == ["北门街道"]
    assert Organisation.objects.get(pk=world.north.pk).path == world.north.path
    import_divisions(operator(), places=moved, accepted=("moved",))
    assert Organisation.objects.get(pk=world.north.pk).path.startswith(world.west.path)


def test_what_happened_in_a_moved_street_is_read_by_the_new_authority_and_the_old_no_more(
    world: World,
) -> None:
    """Its records, claims and reports of who belongs to neither, and everybody in it as before."""
    lei = factories.account("雷西", Role.SUPERVISOR, world.west, username="lei")
    world.accounts["lei"] = lei
    chen = offered.chen(world)
    move_on(world, world.office)
    served = record(world, served_on=clock.today())
    [claim] = offered.claimed(offered.published(world), chen)
    drawn = drawn_by(world, "ji", world.willow, ReportKind.FEEDBACK)
    report = submitted(world, "ji", drawn, "季书")

    def reads(name: str) -> tuple[bool, bool, bool]:
        actor = world.actor(name)
        return (
            records(actor).filter(id=served.id).exists(),
            claims(actor).filter(pk=claim.pk).exists(),
            reports(actor).filter(pk=report.pk).exists(),
        )

    assert (reads("fan"), reads("lei")) == ((True,) * 3, (False,) * 3)
    moved = places(TABLE.replace("柳荫街道,990102000000", "柳荫街道,990103000000"))
    import_divisions(operator(), places=moved, accepted=("moved",))
    assert (reads("fan"), reads("lei")) == ((False,) * 3, (True,) * 3)
    assert reads("ji") == (True,) * 3


def test_a_street_numbered_anew_keeps_its_people_and_waits_until_agreed(world: World) -> None:
    text = TABLE.replace("990102001", "990102009") + "990102009003,新设社区,990102009000\n"
    found = import_divisions(operator(), places=places(text))
    assert {move.code: move.new_code for move in found.moved} == {
        "990102001000": "990102009000",
        "990102001001": "990102009001",
        "990102001002": "990102009002",
    }
    assert found.created == []
    import_divisions(operator(), places=places(text), accepted=("moved",))
    willow = Organisation.objects.get(pk=world.willow.pk)
    assert willow.code == "990102009001"
    assert willow.path == f"{world.east.path}990102009000.990102009001."
    assert Organisation.objects.get(pk=world.grid.pk).path == f"{willow.path}990102001001-01."
    assert "新设社区" in names(Kind.COMMUNITY)
    again = import_divisions(operator(), places=places(text))
    assert (again.questions(), again.created) == (0, [])


def test_a_renamed_and_moved_place_becomes_both(world: World) -> None:
    text = TABLE.replace(
        "990102001002,石桥社区,990102001000", "990102001002,石桥里社区,990102002000"
    )
    import_divisions(operator(), places=places(text), accepted=("moved", "renamed"))
    bridge = Organisation.objects.get(pk=world.bridge.pk)
    assert (bridge.name, bridge.parent_id) == ("石桥里社区", world.north_street.pk)


def test_one_district_says_nothing_about_the_others(world: World) -> None:
    rows = [row for row in TABLE.splitlines() if "990103" not in row]
    found = import_divisions(operator(), places=places("\n".join(rows)), prefix="990102")
    assert (found.vanished, found.unchanged) == ([], 7)


def test_an_administrator_imports_inside_their_city_alone(world: World) -> None:
    sun = world.actor("sun")
    assert import_divisions(sun, places=places()).unchanged == 11
    with pytest.raises(Refused, match=r"division\.outside"):
        import_divisions(sun, places=places("code,name\n9902,他市\n990201,他区\n"))
    for name in ("an", "deng", "fan", "shen"):
        with pytest.raises(Refused, match=r"division\.outside"):
            import_divisions(world.actor(name), places=places())


def test_a_bad_row_leaves_nothing_behind(db: None) -> None:
    with pytest.raises(Refused, match=r"division\.parent"):
        import_divisions(operator(), places=places(TABLE + "990105001001,无主社区,990105001000\n"))
    assert not Organisation.objects.exists()


def test_two_imports_at_once_make_every_place_once(transactional_db: None) -> None:
    barrier = threading.Barrier(2)
    counts: list[int] = []

    def run() -> None:
        barrier.wait()
        try:
            counts.append(len(import_divisions(operator(), places=places()).created))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 11]
    assert Organisation.objects.count() == 11


def told(*arguments: str) -> Outcome:
    parser = Parser()
    divisions.add(parser.add_subparsers())
    parsed = parser.parse_args(["divisions", "import", *arguments])
    outcome: Outcome = parsed.run(parsed)
    return outcome


def test_the_command_says_what_it_found(world: World, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text(
        TABLE.replace("石桥社区", "石桥里社区") + "990102001003,槐安社区,990102001000\n"
    )
    looked = told("--file", str(file), "--dry-run")
    assert not Organisation.objects.filter(name="槐安社区").exists()
    assert (looked.code, looked.facts["read"], looked.facts["created"]) == (0, 12, 1)
    assert looked.facts["renamed"] == [
        {"code": "990102001002", "old": "石桥社区", "new": "石桥里社区"}
    ]
    told("--file", str(file), "--accept", "renamed")
    assert {"槐安社区", "石桥里社区"} <= set(names(Kind.COMMUNITY))
    again = told("--file", str(file), "--apply")
    assert (again.facts["created"], again.facts["unchanged"]) == (0, 12)


def test_the_command_refuses_an_answer_it_does_not_know(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"division\.unknown-answer"):
        told("--file", str(tmp_path / "table.csv"), "--accept", "all")
    with pytest.raises(Refused, match=r"division\.unreadable"):
        told("--file", str(tmp_path / "table.csv"))
