"""A new encryption key: everything sealed anew in batches, then the old keys are forgotten."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from baodao.kernel import crypto
from baodao.kernel.errors import Refused, gettext_noop
from baodao.people.commands.roster import FILE_PURPOSE
from baodao.people.models import RosterImport
from baodao.people.queries.keys import sealed_with

BATCH = 2_000
TAKE = """
    SELECT id, id_sealed, phone_sealed FROM people_person
    WHERE get_byte(id_sealed, 0) <> %s OR get_byte(phone_sealed, 0) <> %s
    ORDER BY id LIMIT %s FOR NO KEY UPDATE
"""
PUT = """
    UPDATE people_person person SET id_sealed = said.id_sealed, phone_sealed = said.phone_sealed
    FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[]) AS said(id, id_sealed, phone_sealed)
    WHERE person.id = said.id
"""
TAKE_FILES = """
    SELECT id, file_sealed FROM people_rosterimport
    WHERE file_sealed IS NOT NULL AND get_byte(file_sealed, 0) <> %s
    ORDER BY id LIMIT 1 FOR NO KEY UPDATE
"""
PUT_FILE = "UPDATE people_rosterimport SET file_sealed = %s WHERE id = %s"


def new_key() -> None:
    """Add a key that seals from now on; a rotation that was cut off goes on with its own.

    Refused while a roster is being read or applied: it seals with the key it began with.
    """
    _refuse_beside_rosters()
    ring = crypto.ring()
    if set(sealed_with()) <= {ring.current}:
        crypto.add_key(_path(), settings.CIPHER)


def reseal(say: Callable[[int], None]) -> int:
    """Seal what older keys sealed, batch by batch, each in its transaction; returns how many.

    Killed in between it goes on where it was. `say` hears the number done so far.
    """
    done = 0
    while taken := _reseal_batch():
        done += taken
        say(done)
    while _reseal_file():
        pass
    return done


def forget_old_keys() -> None:
    """Drop the keys with which nothing is sealed any more."""
    _refuse_beside_rosters()
    if set(sealed_with()) - {crypto.ring().current}:
        raise Refused(
            "keys.in-use",
            gettext_noop("Something is still sealed with an old key. Run this once more."),
        )
    crypto.drop_old_keys(_path())


def _refuse_beside_rosters() -> None:
    busy = (RosterImport.State.READING, RosterImport.State.APPLYING)
    if RosterImport.objects.filter(state__in=busy).exists():
        raise Refused(
            "keys.roster-busy",
            gettext_noop("A roster is being read or applied. Wait until it has ended."),
        )


@transaction.atomic
def _reseal_batch() -> int:
    ring = crypto.ring()
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [ring.current, ring.current, BATCH])
        rows = cursor.fetchall()
        anew = [
            (
                person_id,
                ring.seal(ring.unseal(bytes(id_sealed), "id-number"), "id-number"),
                phone and ring.seal(ring.unseal(bytes(phone), "phone"), "phone"),
            )
            for person_id, id_sealed, phone in rows
        ]
        if anew:
            cursor.execute(PUT, [list(column) for column in zip(*anew, strict=True)])
    return len(rows)


@transaction.atomic
def _reseal_file() -> bool:
    ring = crypto.ring()
    with connection.cursor() as cursor:
        cursor.execute(TAKE_FILES, [ring.current])
        row = cursor.fetchone()
        if row is None:
            return False
        content = ring.unseal_bytes(bytes(row[1]), FILE_PURPOSE)
        cursor.execute(PUT_FILE, [ring.seal_bytes(content, FILE_PURPOSE), row[0]])
    return True


def _path() -> Path:
    return Path(settings.KEY_FILE)
