"""Killed and cut off in the middle: what was acknowledged is there, once, and nothing is half done.

Server and PostgreSQL are real processes of this module's own. The oracle is `torn`, `received` and
the counts of the journal; each is seen failing by the same body with a weaker promise.
"""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from baodao.accounts.models import Account
from baodao.attendance.models import CheckIn
from baodao.attendance.queries.check_ins import code_now
from baodao.attendance.queries.doors import own_key
from baodao.claims.models import Claim
from baodao.kernel import clock, jobs
from baodao.kernel.authz import Actor
from baodao.kernel.batch import Batch
from baodao.kernel.database import APP, OWNER
from baodao.kernel.models import JournalEntry
from baodao.ledger.commands import records
from baodao.ledger.models import ChainHead, ServiceRecord
from baodao.ledger.queries.verification import Bad
from baodao.offers.models import Offer
from baodao.operations.command import main
from baodao.operations.frame import DONE, UNPROVED
from baodao.operations.postgres import Cluster
from baodao.registration.commands import letters, presentations
from baodao.registration.models import Registration
from baodao.statements.commands.entries import enter
from baodao.tallies.queries import behind
from tests.concurrency import Meeting, at_once
from tests.environment import ROOT
from tests.ledger.steps import entry, recorded
from tests.offers import steps as offer_steps
from tests.operations.service_storm import PLACES, Crowd, Deed, Mark, gathered, left, told_of, wrong
from tests.operations.storm import (
    CLI,
    HELD_UP,
    PATIENCE,
    Form,
    Reply,
    Sender,
    Server,
    Worker,
    acceptance,
    environment,
    kill_postgres,
    let_end,
    own_postgres,
    send_each,
    superuser,
)
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
        (SELECT array_agg(state::text) FROM registration_registrationstage
         WHERE subject_id = r.id AND until IS NULL) AS stages
      FROM registration_registration r
    )
    SELECT id FROM parts
    WHERE entries = wanted AND receipts = wanted AND notices = wanted
      AND numbered = (state = 'accepted') AND stages = ARRAY[state::text]
"""
LONG_DEAD = """
    UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'
"""
KILLED_ONE = """
import os, signal, sys, uuid
import django
django.setup()
from django.db import transaction
from baodao.accounts.models import Account
from baodao.accounts.queries import actor_of
from baodao.kernel import clock
from baodao.registration.commands import arrivals
from baodao.registration.models import Registration
way, number = sys.argv[1], uuid.UUID(sys.argv[2])
if way == "command":
    with transaction.atomic():
        an = actor_of(Account.objects.get(username="an"))
        assert arrivals.accept(an, registration_ids=[number]).done
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
    opened = [row.pk for row in letters.issue_letters(deng, person_ids=people).done]
    return [row.pk for row in presentations.present_group(deng, registration_ids=opened).done]


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


COMERS = 40
BEFORE_THE_DOOR_SHUTS = 12


@pytest.fixture
def arriving(lived: World, server: Server) -> tuple[Offer, dict[UUID, Sender]]:
    """An activity that goes on now, and a browser for each of those who come to it."""
    now = clock.now()
    with clock.at(now - timedelta(hours=2)):
        members = offer_steps.registered(lived, COMERS)
        began, ends = now - timedelta(minutes=30), now + timedelta(hours=2)
        offer = offer_steps.published(lived, starts_at=began, ends_at=ends)
    senders = {}
    for actor in members:
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        assert actor.person_id is not None
        senders[actor.person_id] = Sender(server, client)
    return offer, senders


def arrivals_sent(
    offer: Offer, senders: dict[UUID, Sender], act: Callable[[], object] = str
) -> set[UUID]:
    """Everybody scans the code that is shown now, at once; who was told that they are checked in.
    `act` happens after some of the answers."""
    code = code_now(offer)
    path = reverse("attendance:came", args=[code])
    rows = Account.objects.filter(person__in=senders)
    keys = {row.person_id: own_key(Actor(row.pk, None, row.name), code) for row in rows}
    sent = [
        (sender, Form(path, [("side", "arrival"), ("key", keys[person_id])]))
        for person_id, sender in senders.items()
    ]
    replies = send_each(sent, BEFORE_THE_DOOR_SHUTS, act)
    return told(list(senders), replies)


def checked_in() -> Counter[UUID]:
    return Counter(CheckIn.objects.values_list("person", flat=True))


def test_nobody_who_was_told_that_they_checked_in_is_lost_or_there_twice(
    arriving: tuple[Offer, dict[UUID, Sender]], cluster: Cluster, server: Server
) -> None:
    offer, senders = arriving
    first = arrivals_sent(offer, senders, server.kill)
    assert BEFORE_THE_DOOR_SHUTS <= len(first) < COMERS
    let_end(cluster)
    assert first <= checked_in().keys()
    server.start()
    second = arrivals_sent(offer, senders, lambda: kill_postgres(cluster))
    connections.close_all()
    cluster.start()
    assert first | second <= checked_in().keys()
    assert arrivals_sent(offer, senders) == set(senders)
    assert checked_in() == Counter(dict.fromkeys(senders, 1))


def test_check_ins_that_are_confirmed_too_early_would_be_lost(
    arriving: tuple[Offer, dict[UUID, Sender]], cluster: Cluster
) -> None:
    offer, senders = arriving
    with confirming_too_early(cluster):
        acknowledged = arrivals_sent(offer, senders, lambda: kill_postgres(cluster))
        connections.close_all()
        cluster.start()
        assert acknowledged - checked_in().keys() != set()


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
            cut(cluster, HELD_UP, sent)
        lost = sent.result()
        assert lost is None or not lost.acknowledged
        assert received() == set()
        assert torn() == set()
        again = an.send(form)
        assert again is not None
        assert again.acknowledged
    assert received() == {held}
    assert torn() == set()


@pytest.fixture
def crowd(lived: World, server: Server) -> Crowd:
    """A hundred members who claim, and a hundred forms with which An records services."""
    return gathered(lived, server)


@pytest.fixture
def few(lived: World, server: Server) -> Crowd:
    """A tenth of that."""
    return gathered(lived, server, 0.1)


def storm(
    deeds: Sequence[Deed], after: int = 0, act: Callable[[], object] = str
) -> tuple[set[Mark], int]:
    """Everything is sent; what the senders were told is done, and how many were not told."""
    replies = send_each([(deed.sender, deed.form) for deed in deeds], after, act)
    done = {deed.mark for deed in told_of(deeds, replies)}
    return done, len(deeds) - len(done)


def test_claims_and_records_survive_the_killing_of_server_worker_and_database(
    cluster: Cluster,
    crowd: Crowd,
    server: Server,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    deeds = crowd.deeds
    assert len(deeds) == 2 * FORMS
    first = next(deed for deed in deeds if deed in crowd.rolls)
    assert storm([first]) == ({first.mark}, 0)
    jobs.defer("tallies.tally_records", timestamp=0)
    with psycopg.connect(cluster.dsn(OWNER)) as other:
        other.execute("LOCK TABLE tallies_monthtally IN SHARE MODE")
        with Worker(folder, cluster) as worker:

            def kill_both() -> None:
                worker.kill()
                server.kill()

            done, lost = storm(deeds, BEFORE_THE_KILL, kill_both)
    let_end(cluster)
    assert lost
    assert done <= left(crowd).keys()
    assert wrong(crowd) == []
    server.start()
    done, lost = storm(deeds, FORMS, lambda: kill_postgres(cluster))
    connections.close_all()
    cluster.start()
    assert lost
    assert done <= left(crowd).keys()
    assert wrong(crowd) == []
    done, lost = storm(deeds)
    assert (done, lost) == ({deed.mark for deed in deeds}, 0)
    assert_each_left_its_mark(crowd)
    assert behind() == [crowd.world.willow.pk]
    let_another_worker_take_over(cluster, folder)
    assert behind() == []
    assert wrong(crowd) == []
    assert main(["ledger", "verify", "--json"]) in (DONE, UNPROVED)
    assert json.loads(capsys.readouterr().out)["first_bad"] is None


def assert_each_left_its_mark(crowd: Crowd) -> None:
    """Every form its act, nothing else, and all the minutes that were typed."""
    assert left(crowd) == Counter(deed.mark for deed in crowd.deeds)
    minutes = [minutes for deed in crowd.deeds for minutes in deed.minutes]
    kept = ServiceRecord.objects.filter(community=crowd.world.willow)
    assert sorted(kept.values_list("minutes", flat=True)) == sorted(minutes)
    states = Counter(Claim.objects.filter(offer=crowd.coming).values_list("state", flat=True))
    assert states == {"active": PLACES, "waiting": FORMS - PLACES}


def let_another_worker_take_over(cluster: Cluster, folder: Path) -> None:
    """The killed one has long shown no sign of life: another takes its job up."""
    superuser(cluster, LONG_DEAD)
    asked = ProcrastinateJob.objects.filter(task_name="kernel.take_up_stalled", status="todo")
    if not asked.exists():
        jobs.defer("kernel.take_up_stalled", timestamp=0)
    command = [*CLI, "worker", "--once"]
    subprocess.run(command, env=environment(folder), cwd=ROOT, check=True, timeout=PATIENCE)


def test_with_a_fresh_id_at_every_retry_the_lists_would_be_recorded_twice(few: Crowd) -> None:
    everything, lost = storm(few.deeds)
    assert not lost
    assert storm(few.deeds) == (everything, 0)
    assert wrong(few) == []
    storm([deed.again() for deed in few.deeds])
    assert set(wrong(few)) == {deed.mark for deed in few.rolls}


def test_a_list_recorded_in_two_acts_would_be_found_half_done(few: Crowd) -> None:
    offer = Offer.objects.get(pk=few.rolls[0].mark[1])
    came = Claim.objects.filter(offer=offer)[0].person_id
    recorded(few.world, entry(came, offer_id=offer.pk, offer_title=offer.title))
    kinds = {one[0] for one in wrong(few) if isinstance(one, tuple)}
    assert kinds == {"claim", "record", "roll"}, "the records are there, the list is as it was"


def test_more_members_than_places_would_be_found(few: Crowd) -> None:
    storm(few.claims)
    assert wrong(few) == []
    Offer.objects.filter(pk=few.coming.pk).update(places=few.coming.places - 1)
    assert wrong(few) == [("too many seated", few.coming.pk)]


def test_a_record_whose_commit_was_cut_off_is_there_once_when_the_form_comes_again(
    cluster: Cluster, few: Crowd
) -> None:
    entered, roll = few.entries[0], few.rolls[0]
    for deed in (entered, roll):
        with ThreadPoolExecutor(1) as hand:
            with commits_that_wait(cluster):
                sent = hand.submit(deed.sender.send, deed.form)
                cut(cluster, "wait_event = 'SyncRep'", sent)
            lost = sent.result()
        assert lost is None or not lost.acknowledged
        assert left(few)[deed.mark] == 1, "it was committed before the connection was cut"
        assert storm([deed]) == ({deed.mark}, 0)
        assert left(few)[deed.mark] == 1
        assert wrong(few) == []
    assert ServiceRecord.objects.count() == 1 + len(roll.minutes)
    storm([roll.again()])
    assert wrong(few) == [roll.mark], "without the id of the first form it is a second act"


def test_records_chained_without_the_lock_of_the_head_would_not_verify(
    few: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two read the same last link; that each then waits for its number does not mend it."""
    an, willow = few.world.actor("an"), few.world.willow

    def entering(deed: Deed) -> Callable[[], object]:
        told = entry(deed.mark[1])
        return lambda: enter(an, community_id=willow.pk, entries=[told])

    at_once(entering(few.entries[0]))
    assert wrong(few) == []
    seen, meeting = threading.local(), Meeting(2)
    locked, linked = records.chain, records.link

    def unlocked(actor: Actor, records: Iterable[ServiceRecord]) -> None:
        seen.last = bytes(ChainHead.objects.get(community=willow).hash)
        meeting.wait()
        locked(actor, records)

    monkeypatch.setattr(records, "chain", unlocked)
    monkeypatch.setattr(records, "link", lambda _, line: linked(seen.last, line))
    answers = at_once(entering(few.entries[1]), entering(few.entries[2]))
    assert [len(answer.done) for answer in answers if isinstance(answer, Batch)] == [1, 1]
    assert [type(one) for one in wrong(few)] == [Bad]
