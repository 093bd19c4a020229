"""The national division table into the tree, against COPY of the same rows.

Value: reading, checking, comparing and writing, in seconds; limit: COPY of the finished rows into
the same table with its indexes and foreign key; peer: none. `again_seconds` is the same import
once more, which changes nothing. `--quick` takes one city, `--full` the whole country.
"""

import sys

from django.conf import settings
from django.db import connection, connections, transaction

from baodao.accounts.queries import operator
from baodao.divisions.commands.imports import import_divisions
from baodao.divisions.queries.packages import prefix_of, read_package
from baodao.kernel.errors import Refused
from bench.frame import arguments, database, interleaved, median, report

CITY = "610100"
COLUMNS = (
    "id, parent_id, kind, code, name, pinyin, path, sort, contact_name, contact_phone, address, "
    "opened_at"
)
OUT = f"COPY (SELECT {COLUMNS} FROM orgs_organisation ORDER BY path) TO STDOUT"
IN = f"COPY orgs_organisation ({COLUMNS}) FROM STDIN"


def main() -> int:
    asked = arguments(__doc__ or "")
    city = "" if asked.full else CITY
    try:
        rows = len(read_package(settings.DIVISIONS, city))
    except Refused as refused:
        print(refused.text(), file=sys.stderr)
        return 1
    with database("divisions"):
        bring(city)
        finished = copied_out()
        taken = interleaved(
            {
                "empty": emptied,
                "import": lambda: bring(city),
                "again": lambda: bring(city),
                "empty again": emptied,
                "copy": lambda: copied_in(finished),
            },
            rounds=2 if asked.full else 5,
            warm=0,
        )

    report(
        "divisions",
        median(taken["import"]),
        "s",
        limit=median(taken["copy"]),
        rows=rows,
        seed=asked.seed,
        again_seconds=round(median(taken["again"]), 3),
        rows_per_second=round(rows / median(taken["import"])),
    )
    return 0


def bring(city: str) -> None:
    """Read and import, as the command does."""
    places = read_package(settings.DIVISIONS, city)
    prefix = prefix_of(city) if city else ""
    import_divisions(operator(), places=places, prefix=prefix)


def copied_out() -> bytes:
    """The finished rows in PostgreSQL's text format."""
    with connection.cursor() as cursor, cursor.copy(OUT) as copy:
        return b"".join(bytes(block) for block in copy)


def copied_in(rows: bytes) -> None:
    """Nothing but the writing of the same rows."""
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(IN) as copy:
        copy.write(rows)


def emptied() -> None:
    """As the owner: the application may not truncate."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE orgs_organisation, kernel_journalentry CASCADE")


if __name__ == "__main__":
    sys.exit(main())
