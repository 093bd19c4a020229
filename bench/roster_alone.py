"""One roster imported in a process of its own: seconds, processor, peak memory and counts as JSON.

`python -m bench.roster_alone DATABASE FILE`, started by `bench.roster_import`.
"""

import json
import resource
import sys
import time
from pathlib import Path

from django.db import connections

from baodao.accounts.queries import operator
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from baodao.rosters.commands.roster import import_file


def main(database: str, path: Path) -> None:
    connections["default"].settings_dict["NAME"] = database
    unit = Organisation.objects.get(kind=Kind.UNIT)
    content = path.read_bytes()
    start, busy = time.perf_counter(), time.process_time()
    found = import_file(operator(), unit_id=unit.pk, file_name=path.name, content=content)
    report = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - busy + children_time(),
        "peak": peak_memory(),
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


def peak_memory() -> float:
    """Megabytes at the highest of this process and of the child that reads, added up."""
    status = Path("/proc/self/status").read_text()
    mine = int(status.partition("VmHWM:")[2].split()[0])
    return (mine + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
