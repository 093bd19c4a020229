"""Killed and cut off in the middle: what was acknowledged is there, once, and nothing is half done.

Server and PostgreSQL are real processes of this module's own. The oracle is `torn`, `received` and
the counts of the journal; each is seen failing by the same body with a weaker promise.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from baodao.kernel.models import JournalEntry
from baodao.kernel.postgres import APP, OWNER, Cluster
from baodao.registration import commands
from baodao.registration.models import Registration
from tests.config.storm import (
    Form,
    Reply,
    Sender,
    Server,
    acceptance,
    environment,
    kill_postgres,
    own_postgres,
    superuser,
)
from tests.environment import ROOT
from tests.registration import steps
from tests.registration.browsing import browser
from tests.world import World, draw

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

FORMS = 100
BEFORE_THE_KILL = 30
WHOLE = """
    WITH parts AS (
      SELECT r.id, r.state, r.receipt_number IS NOT NULL AS numbered,
        CASE r.state WHEN 'accepted' THEN 1 ELSE 0 END AS wanted,
        (SELECT count(*) FROM kernel_journalentry
         WHERE about = r.id AND verb = 'registration.accepted') AS entries,
        (SELECT count(*) FROM documents_issue
         WHERE about = r.id AND form = 'receipt') AS receipts,
        (SELECT count(*) FROM notices_notice
         WHERE about = r.id AND kind = 'registration-accepted') AS notices,
        (SELECT array_agg(state::text) FROM registration_stage
         WHERE registration_id = r.id AND until IS NULL) AS stages
      FROM registration_registration r
    )
    SELECT id FROM parts
    WHERE entries = wanted AND receipts = wanted AND notices = wanted
      AND numbered = (state = 'accepted') AND stages = ARRAY[state::text]
"""
KILLED_ONE = """
import os, signal, sys, uuid
import django
django.setup()
from django.db import transaction
from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of
from baodao.kernel import clock
from baodao.registration import commands
from baodao.registration.models import Registration
way, number = sys.argv[1], uuid.UUID(sys.argv[2])
if way == "command":
    with transaction.atomic():
        an = actor_of(Account.objects.get(username="an"))
        assert commands.accept(an, registration_ids=[number]).done
        os.kill(os.getpid(), signal.SIGKILL)
Registration.objects.filter(pk=number).update(
    state="accepted", accepted_at=clock.now(), receipt_year=2026, receipt_number=1
)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of this module's own installation."""
    return tmp_path_factory.mktemp("storm")


@pytest.fixture(scope="module")
def cluster(django_db_setup: None, folder: Path) -> Iterator[Cluster]:
    """Its PostgreSQL, which is the tests' database meanwhile."""
    with own_postgres(folder) as started:
        yield started


@pytest.fixture(scope="module")
def server(cluster: Cluster, folder: Path) -> Iterator[Server]:
    """Its web server."""
    with Server(folder) as started:
        yield started


@pytest.fixture
def lived(cluster: Cluster, transactional_db: None) -> World:
    """The drawn world in that database."""
    return draw()


@pytest.fixture
def waiting(lived: World) -> list[UUID]:
    """Registrations that wait at An's desk."""
    people = [person.pk for person in steps.members(lived, FORMS)]
    deng = lived.actor("deng")
    opened = [row.pk for row in commands.issue_letters(deng, person_ids=people).done]
    return [row.pk for row in commands.present_group(deng, registration_ids=opened).done]


def received() -> set[UUID]:
    return set(Registration.objects.filter(state="accepted").values_list("pk", flat=True))


def torn() -> set[UUID]:
    """Registrations whose parts do not agree: the state without its papers, entry, notice or stage,
    or one of these twice."""
    with connections["default"].cursor() as cursor:
        cursor.execute(WHOLE)
        whole = {row[0] for row in cursor.fetchall()}
    return set(Registration.objects.values_list("pk", flat=True)) - whole


def told(forms: list[UUID], replies: list[Reply | None]) -> set[UUID]:
    """Those of which the sender knows that they are received."""
    pairs = zip(forms, replies, strict=True)
    return {form for form, reply in pairs if reply is not None and reply.acknowledged}


def assert_each_is_received_once(waiting: list[UUID]) -> None:
    assert received() == set(waiting)
    assert torn() == set()
    numbers = Registration.objects.values_list("receipt_number", flat=True)
    assert sorted(numbers) == list(range(1, FORMS + 1))


def test_a_server_killed_in_the_storm_loses_nothing_and_does_nothing_twice(
    lived: World, waiting: list[UUID], server: Server
) -> None:
    forms = [acceptance(one) for one in waiting]
    an = Sender(server, browser(lived, "an"))
    acknowledged = told(waiting, an.send_all(forms, BEFORE_THE_KILL, server.kill))
    assert BEFORE_THE_KILL <= len(acknowledged) < FORMS
    assert acknowledged <= received()
    assert torn() == set()
    server.start()
    again = an.send_all(forms)
    assert told(waiting, again) == set(waiting)
    assert {reply.to for reply in again if reply} == {"/desk/"}
    assert_each_is_received_once(waiting)


def test_a_process_killed_inside_an_act_leaves_nothing_of_it_unless_the_act_is_two(
    waiting: list[UUID], folder: Path
) -> None:
    killed("command", waiting[0], folder)
    assert received() == set()
    assert torn() == set()
    killed("two-halves", waiting[0], folder)
    assert torn() == {waiting[0]}


def killed(way: str, registration_id: UUID, folder: Path) -> None:
    command = [sys.executable, "-c", KILLED_ONE, way, str(registration_id)]
    variables = environment(folder) | {"DJANGO_SETTINGS_MODULE": "baodao.config.settings"}
    ended = subprocess.run(command, env=variables, cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL


def storm_with_the_database_killed(
    cluster: Cluster, an: Sender, waiting: list[UUID], forms: list[Form]
) -> set[UUID]:
    """PostgreSQL is killed in the middle and started again; who was told that it is done."""
    replies = an.send_all(forms, BEFORE_THE_KILL, lambda: kill_postgres(cluster))
    connections.close_all()
    cluster.start()
    return told(waiting, replies)


def test_a_database_killed_in_the_storm_loses_nothing_and_the_server_finds_it_again(
    cluster: Cluster, lived: World, waiting: list[UUID], server: Server
) -> None:
    forms = [acceptance(one) for one in waiting]
    an = Sender(server, browser(lived, "an"))
    acknowledged = storm_with_the_database_killed(cluster, an, waiting, forms)
    assert BEFORE_THE_KILL <= len(acknowledged) < FORMS
    assert acknowledged <= received()
    assert torn() == set()
    again = an.send_all(forms)
    assert told(waiting, again) == set(waiting)
    assert_each_is_received_once(waiting)


def test_a_database_that_confirms_too_early_would_lose_what_was_acknowledged(
    cluster: Cluster, lived: World, waiting: list[UUID], server: Server
) -> None:
    forms = [acceptance(one) for one in waiting]
    with confirming_too_early(cluster):
        an = Sender(server, browser(lived, "an"))
        acknowledged = storm_with_the_database_killed(cluster, an, waiting, forms)
        assert acknowledged - received() != set()


@contextmanager
def confirming_too_early(cluster: Cluster) -> Iterator[None]:
    """Commits are confirmed before they are on the disk, and written there as late as can be."""
    late = {
        "synchronous_commit": "off",
        "wal_writer_delay": "10s",
        "wal_writer_flush_after": "1GB",
        "bgwriter_lru_maxpages": "0",
    }
    superuser(cluster, "CHECKPOINT")
    for name, value in late.items():
        superuser(cluster, f"ALTER SYSTEM SET {name} = '{value}'")
    superuser(cluster, "SELECT pg_reload_conf()")
    try:
        yield
    finally:
        superuser(cluster, "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")


def placement(world: World, registration_id: UUID) -> Form:
    """The form that puts an accepted member into the grid; the same person can be put anew."""
    path = f"/registrations/{registration_id}/placement/"
    return Form(path, [("grid", str(world.grid.pk)), ("team", "")])


def placements(registration_id: UUID) -> int:
    entries = JournalEntry.objects.filter(about=registration_id, verb="registration.placed")
    return entries.count()


def test_a_commit_whose_confirmation_is_lost_is_answered_when_the_form_comes_again(
    cluster: Cluster, lived: World, server: Server
) -> None:
    held = steps.accepted(lived).pk
    form = placement(lived, held)
    with ThreadPoolExecutor(1) as hand:
        an = Sender(server, browser(lived, "an"))
        with commits_that_wait(cluster):
            sent = hand.submit(an.send, form)
            cut(cluster, "wait_event = 'SyncRep'", sent)
        lost = sent.result()
        assert lost is None or not lost.acknowledged
        assert placements(held) == 1, "the database had committed before the connection was cut"
        again = an.send(form)
        assert again is not None
        assert again.acknowledged
        assert placements(held) == 1
        anew = an.send(form.again())
        assert anew is not None
        assert anew.acknowledged
        assert placements(held) == 2, "without the id of the first form it is a second act"


@contextmanager
def commits_that_wait(cluster: Cluster) -> Iterator[None]:
    """Committed here, but not confirmed: a second server that never comes has to say yes first."""
    superuser(
        cluster, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()"
    )
    try:
        yield
    finally:
        superuser(cluster, "ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")


def cut(cluster: Cluster, which: str, sent: Future[Reply | None]) -> None:
    """Wait until one of the server's connections is in that state, then cut it."""
    cutting = (
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
        f"WHERE usename = '{APP}' AND {which}"
    )
    while superuser(cluster, cutting) != [(True,)]:
        assert not sent.done(), f"the form was answered: {sent.result()}"


def test_a_connection_cut_before_the_commit_leaves_nothing_and_the_form_can_be_sent_again(
    cluster: Cluster, lived: World, server: Server
) -> None:
    held = steps.submitted(lived).pk
    form = acceptance(held)
    with ThreadPoolExecutor(1) as hand:
        an = Sender(server, browser(lived, "an"))
        with psycopg.connect(cluster.dsn(OWNER)) as other:
            other.execute("LOCK TABLE documents_issue IN ACCESS EXCLUSIVE MODE")
            sent = hand.submit(an.send, form)
            cut(cluster, "cardinality(pg_blocking_pids(pid)) > 0", sent)
        lost = sent.result()
        assert lost is None or not lost.acknowledged
        assert received() == set()
        assert torn() == set()
        again = an.send(form)
        assert again is not None
        assert again.acknowledged
    assert received() == {held}
    assert torn() == set()
