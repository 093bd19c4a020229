"""Very many members of one community, by copies of one of them in a few statements."""

from uuid import UUID

from django.db import connection

_COPIES = """
    INSERT INTO {table} ({names})
    SELECT {values}
    FROM {table} one, generate_series(1, %(count)s) AS n WHERE one.{by} = %(person)s"""
_PERSON = "md5('person' || n)::uuid"
_LETTER = "md5('letter' || n)::uuid"
TABLES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("people_person", "id", {
        "id": _PERSON, "number": "'W' || lpad(n::text, 8, '0')", "name": "'党员' || n",
        "id_blind": r"('\x' || md5('number' || n))::bytea",
    }),
    ("people_membership", "person_id", {
        "id": "md5('membership' || n)::uuid", "person_id": _PERSON,
    }),
    ("accounts_account", "person_id", {
        "id": "md5('account' || n)::uuid", "person_id": _PERSON, "username": "'crowd' || n",
        "name": "'党员' || n",
    }),
    ("registration_letter", "person_id", {
        "id": _LETTER, "person_id": _PERSON, "number": "1000 + n",
        "token": "md5('token' || n)",
    }),
    ("registration_registration", "person_id", {
        "id": "md5('registration' || n)::uuid", "person_id": _PERSON, "letter_id": _LETTER,
        "receipt_number": "1000 + n",
    }),
)  # fmt: skip


def copied(person_id: UUID | None, count: int) -> None:
    """So many more members like this one, each with an account and a registration of their own."""
    for table, by, columns in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")
            names = [column.name for column in cursor.description]
            values = ", ".join(columns.get(name, f"one.{name}") for name in names)
            sql = _COPIES.format(table=table, names=", ".join(names), values=values, by=by)
            cursor.execute(sql, {"count": count, "person": person_id})
            cursor.execute(f"ANALYZE {table}")


def answered(call_id: UUID, able: int) -> None:
    """So many of those who were called can come, a third of these cannot, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE callups_summons SET answered_at = now(), free_from = called_at,
                answer = CASE WHEN picked.n <= %s THEN 'can' ELSE 'cannot' END
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM callups_summons
                  WHERE call_id = %s AND answer = '') AS picked
            WHERE picked.id = callups_summons.id AND picked.n <= %s""",
            [able, call_id, able + able // 3],
        )
