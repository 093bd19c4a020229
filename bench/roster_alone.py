"""One roster imported in a process of its own: seconds, processor here and in the database, peak
memory and counts as JSON.

`python -m bench.roster_alone DATABASE FILE`, started by `bench.roster_import`.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from threading import Event, Thread

from django.db import connections

from baodao.accounts.queries import operator
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.rosters.commands.roster import import_file
from bench.watch import worked_there

EVERY = 0.02
PAGE = os.sysconf("SC_PAGE_SIZE")


def main(database: str, path: Path) -> None:
    connections["default"].settings_dict["NAME"] = database
    unit = Organisation.objects.get(kind=Kind.UNIT)
    content = path.read_bytes()
    memory = MemoryWatch()
    memory.start()
    start, busy, there = time.perf_counter(), time.process_time(), worked_there()
    found = import_file(operator(), unit_id=unit.pk, file_name=path.name, content=content)
    report = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - busy + children_time(),
        "database": worked_there() - there,
        "peak": memory.stop(),
        "new": len(found.differences.new),
        "changed": len(found.differences.changed),
        "unchanged": found.differences.unchanged,
        "problems": len(found.judgement.problems),
    }
    print(json.dumps(report))


def children_time() -> float:
    """Processor seconds of the child that reads."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class MemoryWatch(Thread):
    """Looks, until `stop`, how much memory this process and the child that reads hold together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._ended = Event()

    def run(self) -> None:
        while not self._ended.wait(EVERY):
            self.peak = max(self.peak, held_memory())

    def stop(self) -> float:
        """The most megabytes at one moment."""
        self._ended.set()
        self.join()
        return self.peak


def held_memory() -> float:
    """Megabytes of this process and its children, now."""
    processes = [os.getpid()]
    for task in Path("/proc/self/task").iterdir():
        processes += map(int, (task / "children").read_text().split())
    return sum(map(_resident, processes)) * PAGE / 2**20


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
