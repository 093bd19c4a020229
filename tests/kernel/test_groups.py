"""Acts of several threads in one transaction, each answered after the commit."""

import threading
from collections.abc import Sequence

import pytest
from django.db import OperationalError, connection, transaction

from baodao.kernel import journal
from baodao.kernel.authz import NOBODY
from baodao.kernel.groups import ActGroup
from baodao.kernel.ids import new_id
from baodao.kernel.journal import Act
from tests.concurrency import at_once

THREADS = 8


@pytest.mark.django_db(transaction=True)
def test_who_comes_meanwhile_is_the_next_group_and_is_answered_after_its_commit() -> None:
    groups: list[list[int]] = []
    begun, come = threading.Event(), threading.Event()

    def act(items: Sequence[int]) -> list[str]:
        assert connection.in_atomic_block
        groups.append(list(items))
        if len(groups) == 1:
            begun.set()
            come.wait()
        transaction.on_commit(lambda: committed.update(items))
        return [f"{item}" for item in items]

    committed: set[int] = set()
    group: ActGroup[int, str] = ActGroup(act)

    def first() -> bool:
        return group.answer(0) == "0" and 0 in committed

    def later(item: int) -> bool:
        begun.wait()
        if item == THREADS - 1:
            while len(group._queue) < THREADS - 2:
                continue
            come.set()
        return group.answer(item) == str(item) and item in committed

    answers = at_once(first, *[lambda item=item: later(item) for item in range(1, THREADS)])
    assert answers == [True] * THREADS
    assert sorted(item for items in groups for item in items) == list(range(THREADS))
    assert len(groups) < THREADS


@pytest.mark.django_db(transaction=True)
def test_a_group_whose_connection_is_cut_answers_nobody_and_the_next_one_is_done() -> None:
    """The control: the entry that it had written by then is not there."""

    def act(items: Sequence[str]) -> list[str]:
        journal.write_each((NOBODY, Act(item, new_id(), 1)) for item in items)
        if "cut" in items:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return list(items)

    group: ActGroup[str, str] = ActGroup(act)
    [cut] = at_once(lambda: group.answer("cut"))
    assert isinstance(cut, OperationalError)
    assert at_once(lambda: group.answer("right")) == ["right"]
    assert list(journal.entries().values_list("verb", flat=True)) == ["right"]
