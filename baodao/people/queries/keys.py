"""With which keys the sealed columns are sealed."""

from django.db import connection

COUNTED = """
    SELECT get_byte(id_sealed, 0), count(*) FROM people_person GROUP BY 1
"""


def sealed_with() -> dict[int, int]:
    """How many persons are sealed with each key, by the key's id."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        return dict(cursor.fetchall())
