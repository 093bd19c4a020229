"""A roster in the hands of jobs: two at once, killed workers, rights and faults while it waits."""

import os
import re
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connections

from baodao.accounts.models import Account, Grant
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.people.models import Membership, Person
from baodao.rosters.commands import roster as commands
from baodao.rosters.commands import rows as person_rows
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.roster import Examination, examine
from baodao.rosters.tasks import apply_roster, read_roster
from tests.jobs import job_context
from tests.registration.browsing import browser, client_id, text
from tests.rosters import sheets
from tests.rosters.test_roster_commands import take_over, ten
from tests.world import World


def together(count: int, act: Callable[[int], object]) -> list[object]:
    """Run `act` in that many threads, each with its own connection."""

    def one(index: int) -> object:
        try:
            return act(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_two_clerks_with_the_same_file_make_each_person_once(committed_world: World) -> None:
    world = committed_world
    content = sheets.roster(*(sheets.person(order) for order in range(60)))
    found = together(4, lambda _: take_over(world, content).differences)
    assert sorted(len(one.new) for one in found) == [0, 0, 0, 60]
    assert Person.objects.filter(joined_on="2005-07-01").count() == 60


def test_without_the_lock_on_the_unit_two_clerks_collide(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_compared = Barrier(2)

    def compared(*arguments: object, **options: object) -> Examination:
        found = examine(*arguments, **options)  # type: ignore[arg-type]
        both_compared.wait(30)
        return found

    monkeypatch.setattr(commands, "_locked_unit", lambda unit: unit)
    monkeypatch.setattr(commands, "examine", compared)
    content = sheets.roster(*ten())

    def outcome(_: int) -> str:
        try:
            return str(len(take_over(committed_world, content).differences.new))
        except Refused as refused:
            return refused.code

    assert sorted(together(2, outcome)) == ["10", "roster.overtaken"]


def test_a_roster_asked_for_twice_is_applied_once(committed_world: World) -> None:
    world = committed_world
    actor = world.actor("deng")
    roster = commands.upload(
        actor, unit_id=world.bureau.pk, file_name="a.xlsx", content=sheets.roster(*ten())
    )
    commands.read(world.actor("deng"), roster.id)
    together(4, lambda _: commands.apply(actor, roster_id=roster.id, rows=None))
    assert JournalEntry.objects.filter(verb="roster.applied").count() == 1
    assert Membership.objects.filter(closed_at=None, branch__parent=world.bureau).count() == 11


def killed_during(act: Callable[[], object], module: object, step: str) -> int:
    """Run `act` in a child that is killed with -9 when it comes to `step`; the signal it got."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        setattr(module, step, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_worker_killed_while_applying_leaves_nothing_half(committed_world: World) -> None:
    world = committed_world
    roster = commands.upload(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        file_name="a.xlsx",
        content=sheets.roster(*ten()),
    )
    commands.read(world.actor("deng"), roster.id)
    RosterImport.objects.filter(pk=roster.id).update(state="applying", options={"rows": None})
    roster.refresh_from_db()
    actor = world.actor("deng")

    def apply() -> object:
        return commands.apply_waiting(actor, roster_id=roster.id)

    assert killed_during(apply, person_rows, "insert_memberships") == -signal.SIGKILL
    assert Person.objects.count() == 2
    assert RosterImport.objects.get().state == "applying"
    for _ in range(2):
        apply()
    assert Person.objects.count() == 12
    assert RosterImport.objects.get().state == "applied"
    assert JournalEntry.objects.filter(verb="roster.applied").count() == 1


@pytest.mark.parametrize("over", ["revoked", "stopped"])
def test_a_job_asks_again_for_the_rights_of_who_started_it(
    world: World, monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 0)
    deng = world.actor("deng")
    roster = commands.upload(
        deng, unit_id=world.bureau.pk, file_name="a.xlsx", content=sheets.roster(*ten())
    )
    commands.read(world.actor("deng"), roster.id)
    commands.apply(deng, roster_id=roster.id, rows=None)
    assert RosterImport.objects.get().state == "applying"
    account = world.accounts["deng"]
    if over == "revoked":
        Grant.objects.filter(account=account).update(revoked_at=clock.now())
    else:
        Account.objects.filter(pk=account.pk).update(is_active=False)
    apply_roster(job_context(), str(roster.id))
    kept = RosterImport.objects.get()
    assert kept.report["not_applied"]["reason"] == "job.without-rights"
    assert (kept.state, Person.objects.count()) == ("read", 2)
    dai = world.actor("dai")
    commands.apply(dai, roster_id=roster.id, rows=None)
    apply_roster(job_context(), str(roster.id))
    assert RosterImport.objects.get().state == "applied"
    assert JournalEntry.objects.get(verb="roster.applied").account_id == dai.account_id


def test_a_job_reads_nothing_for_who_lost_the_right_meanwhile_and_all_for_a_colleague(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 0)
    roster = commands.upload(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        file_name="a.xlsx",
        content=sheets.roster(*ten()),
    )
    Grant.objects.filter(account=world.accounts["deng"]).update(revoked_at=clock.now())
    read_roster(job_context(), str(roster.id))
    kept = RosterImport.objects.get()
    assert (kept.state, kept.report["refused"]["reason"]) == ("refused", "job.without-rights")
    dai = browser(world, "dai")
    assert "重新读取" in text(dai.get(f"/people/rosters/{roster.pk}/"))
    answer = text(dai.post(f"/people/rosters/{roster.pk}/columns/", {}, follow=True))
    assert "文件等待读取" in answer
    assert "已按所选的列重新读取" not in answer
    read_roster(job_context(), str(roster.id))
    assert RosterImport.objects.get().state == "read"


@pytest.mark.parametrize("killed", [False, True], ids=["fails each time", "kills each worker"])
def test_a_file_that_cannot_be_read_for_a_fault_of_ours_ends_with_words_and_is_read_once_it_works(
    world: World, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 0)
    roster = commands.upload(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        file_name="a.xlsx",
        content=sheets.roster(*ten()),
    )
    with monkeypatch.context() as broken:
        broken.setattr(commands, "report_of", fault)
        for attempts in range(3):
            with pytest.raises(ZeroDivisionError):
                read_roster(job_context(attempts), str(roster.id))
            assert RosterImport.objects.get().state == "reading"
        if killed:
            read_roster(job_context(4), str(roster.id))
        else:
            with pytest.raises(ZeroDivisionError):
                read_roster(job_context(3), str(roster.id))
    here = browser(world, "deng")
    page = here.get(f"/people/rosters/{roster.pk}/")
    assert "系统出错" in text(page)
    assert "重新读取" in text(page)
    [address] = re.findall(r'action="(/people/rosters/[^"]*/columns/)"', text(page))
    form = {"client_id": client_id(page)}
    assert "文件等待读取" in text(here.post(address, form, follow=True))
    read_roster(job_context(), str(roster.id))
    assert RosterImport.objects.get().state == "read"


def test_an_applying_that_fails_for_good_may_be_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "READ_AT_ONCE", 0)
    deng = world.actor("deng")
    roster = commands.upload(
        deng, unit_id=world.bureau.pk, file_name="a.xlsx", content=sheets.roster(*ten())
    )
    commands.read(deng, roster.id)
    commands.apply(deng, roster_id=roster.id, rows=None)
    with monkeypatch.context() as broken:
        broken.setattr(person_rows, "insert_memberships", fault)
        with pytest.raises(ZeroDivisionError):
            apply_roster(job_context(3), str(roster.id))
    assert (RosterImport.objects.get().state, Person.objects.count()) == ("read", 2)
    assert "系统出错" in text(browser(world, "deng").get(f"/people/rosters/{roster.pk}/"))
    commands.apply(deng, roster_id=roster.id, rows=None)
    apply_roster(job_context(), str(roster.id))
    assert RosterImport.objects.get().state == "applied"
    assert "not_applied" not in RosterImport.objects.get().report


def fault(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_a_worker_killed_while_reading_reads_again(committed_world: World) -> None:
    world = committed_world
    roster = commands.upload(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        file_name="a.xlsx",
        content=sheets.roster(*ten()),
    )
    act = partial(commands.read, world.actor("deng"), roster.id)
    assert killed_during(act, commands, "report_of") == -signal.SIGKILL
    assert RosterImport.objects.get().state == "reading"
    act()
    assert RosterImport.objects.get().report["new"] == 10
