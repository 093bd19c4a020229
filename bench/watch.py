"""Where the time of a request goes: middleware, view, statements, template; and how long the
processor worked for it, here and in the database, which a busy machine changes little."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template


@dataclass
class Split:
    """Seconds of one request. `statements` are those of the view and the page, `own` without the
    tables of who asks; `template` and `view` are without them, `middleware` is with its own. `ours`
    and `theirs` are seconds of processor time of this thread and of the database's process."""

    whole: float = 0
    middleware: float = 0
    statements: float = 0
    own: float = 0
    view: float = 0
    template: float = 0
    ours: float = 0
    theirs: float = 0


_now = Split()
_drawing = 0


def innermost(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """The last middleware: what it waits for is the view."""

    def middleware(request: HttpRequest) -> HttpResponse:
        start, before = time.perf_counter(), _now.statements
        try:
            return get_response(request)
        finally:
            _now.view += time.perf_counter() - start
            _now.statements -= before

    return middleware


def install() -> None:
    """Put the clocks in; before the first request."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "bench.watch.innermost"]
    render = Template.render

    def timed(self: Any, *args: Any, **options: Any) -> Any:
        global _drawing
        start, before = time.perf_counter(), _now.statements
        _drawing += 1
        try:
            return render(self, *args, **options)
        finally:
            _drawing -= 1
            if not _drawing:
                spent = time.perf_counter() - start
                _now.template += spent - (_now.statements - before)

    Template.render = timed  # type: ignore[method-assign]


def worked_there() -> float:
    """Seconds of processor time that the process of our connection, on this machine, has had; 0
    where the system does not tell it as Linux does."""
    ticks = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(ticks.read_text().split()[0]) / 1e9 if ticks.exists() else 0


@contextmanager
def watched(frame_tables: tuple[str, ...]) -> Iterator[Split]:
    """The split of the one request made in the block."""
    global _now
    split = _now = Split()
    connection.ensure_connection()
    theirs, ours, start = worked_there(), time.thread_time(), time.perf_counter()

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent = time.perf_counter() - began
            split.statements += spent
            if not any(table in sql for table in frame_tables):
                split.own += spent

    with connection.execute_wrapper(watch):
        yield split
    split.whole = time.perf_counter() - start
    split.ours, split.theirs = time.thread_time() - ours, worked_there() - theirs
    split.middleware = split.whole - split.view
    split.view -= split.template + split.statements
