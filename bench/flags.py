"""Flags of service records: how many of the invented are noted, how many noted were invented, and
how long a night takes.

A city is drawn by `bench.hours`, which knows nothing of the patterns. Everything is looked through
as one night would be after a long time; then the last 100,000 records once more, as a night of a
large city (with `--full` behind a history of a million). The limit is to read the same records out
of the database.
"""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID, uuid5

import psycopg
from django.db import connection, connections

from baodao.flags.commands.flags import note_flags
from baodao.flags.models import Flag, FlagHead
from baodao.kernel.authz import SYSTEM
from baodao.orgs.models import Organisation
from baodao.orgs.rules.tree import Kind
from bench import frame
from bench.hours import Community, Service, city

NIGHT = 100_000
_RECORD = (
    *("community_id", "id", "seq", "hash", "recorded_at", "person_id", "branch_id", "served_on"),
    *("minutes", "category", "way", "place", "result", "offer_id", "offer_title", "origin"),
    *("recipient_confirmed", "confirmed_by", "recorded_by", "account_id", "reason"),
)
_REGISTRATION = (
    *("id", "letter_id", "person_id", "branch_id", "community_id", "state", "as_group"),
    *("accepted_at", "accepted_by", "receipt_year", "receipt_number", "returned_reason"),
    "ended_reason",
)


def _id(place: Community, seq: int) -> UUID:
    return uuid5(place.workers[0], str(seq))


def _record(place: Community, seq: int, row: Service) -> tuple[object, ...]:
    author = str(row.account)[:8]
    second = "同事" if row.second else author
    return (
        *(place.number, _id(place, seq), seq, bytes(32), row.at, row.person, place.number),
        *(row.served_on, row.minutes, "environment", "post", "", row.result, row.offer, ""),
        *(row.origin, row.recipient, second, author, row.account, ""),
    )


def fill(places: Iterable[Community]) -> dict[UUID, str]:
    """Write the city as its owner, without asking for persons; each record with its scheme."""
    schemes: dict[UUID, str] = {}
    parameters = connections["owner"].get_connection_params() | {"user": "postgres"}
    with psycopg.connect(**parameters) as owner, owner.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for place in places:
            code = f"{990102000000 + place.number}"
            Organisation.objects.using("owner").create(
                pk=place.number, kind=Kind.COMMUNITY, code=code, name=code, path=f"{code}."
            )
            with cursor.copy(
                f"COPY ledger_servicerecord ({', '.join(_RECORD)}) FROM STDIN"
            ) as copy:
                for seq, row in enumerate(place.services, start=1):
                    copy.write_row(_record(place, seq, row))
                    schemes[_id(place, seq)] = row.scheme
            table = f"registration_registration ({', '.join(_REGISTRATION)})"
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for number, (person, received) in enumerate(place.received.items(), start=1):
                    key = uuid5(person, "registration")
                    copy.write_row(
                        (
                            *(key, key, person, place.number, place.number, "accepted", False),
                            *(received, "专干", 2026, number, "", ""),
                        )
                    )
            head = "INSERT INTO ledger_chainhead (community_id, seq, hash) VALUES (%s, %s, %s)"
            cursor.execute(head, [place.number, len(place.services), bytes(32)])
    with psycopg.connect(**parameters, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE ledger_servicerecord")
        owner.execute("VACUUM ANALYZE registration_registration")
    return schemes


def look_through() -> None:
    while note_flags(SYSTEM):
        pass


def turn_back() -> int:
    """Forget that the last records of every chain were looked through, in all about a night's."""
    heads = list(FlagHead.objects.order_by("pk"))
    each = -(-NIGHT // len(heads))
    taken = 0
    for head in heads:
        back = min(each, head.seq)
        head.seq, taken = head.seq - back, taken + back
    FlagHead.objects.bulk_update(heads, ["seq"])
    return taken


_SAME = """
    SELECT r.community_id, r.id, r.origin, r.recorded_at, r.served_on, r.person_id, r.account_id,
           r.result, r.minutes
    FROM flags_flaghead head JOIN ledger_servicerecord r
         ON r.community_id = head.community_id AND r.seq > head.seq"""


def read_the_same() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SAME)
        cursor.fetchall()


def main() -> None:
    options = frame.arguments(__doc__ or "")
    count = 1_000_000 if options.full else NIGHT
    with frame.database("flags"):
        schemes = fill(city(count, options.seed))
        whole = frame.seconds(look_through)
        flagged = set(Flag.objects.values_list("record_id", flat=True))
        nights, limits = [], []
        for _ in range(3):
            rows = turn_back()
            limits.append(frame.seconds(read_the_same))
            nights.append(frame.seconds(look_through))
    bought = {key for key, scheme in schemes.items() if scheme}
    right = flagged & bought
    night, limit = frame.median(nights), frame.median(limits)
    precision, recall = len(right) / max(1, len(flagged)), len(right) / len(bought)
    print(f"{len(schemes):,} records, {len(bought):,} of them invented; {len(flagged):,} noted")
    noted, all_of = Counter(schemes[key] for key in right), Counter(schemes[key] for key in bought)
    for scheme, number in sorted(all_of.items()):
        print(f"{scheme}: {noted[scheme]} of {number}")
    print(f"all in {whole:.1f} s, a night of {rows:,} in {night:.1f} s (reading alone {limit:.1f})")
    frame.report(
        "flags",
        round(rows / night),
        "records/s",
        limit=round(rows / limit),
        rows=len(schemes),
        seed=options.seed,
        precision=round(precision, 3),
        recall=round(recall, 3),
        night_seconds=round(night, 2),
    )


if __name__ == "__main__":
    main()
