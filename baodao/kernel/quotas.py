"""How often something may be done within a time: counted in the database, under its lock."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.models import Quota

ENTRIES, ENTRY_WINDOW = 10, timedelta(hours=1)
"""Entries without an account from one address within an hour; a whole building may share one."""

_COUNT = """
    INSERT INTO kernel_quota AS kept (key, since, times) VALUES (%(key)s, %(now)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        times = CASE WHEN kept.since <= %(old)s THEN 1 ELSE kept.times + 1 END,
        since = CASE WHEN kept.since <= %(old)s THEN %(now)s ELSE kept.since END
    RETURNING times
"""


def count(act: str, subject: str, *, window: timedelta) -> int:
    """One more `act` of `subject`, such as an address: the how manieth of a `window` it is.

    Others of the same subject wait until the caller's transaction ends; when that is rolled back,
    it was not counted. Of the subject only a digest is kept that nobody can guess back.
    """
    now = clock.now()
    secret = f"{settings.SECRET_KEY}{act}:{subject}"
    key = hashlib.sha256(secret.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "old": now - window})
        [(times,)] = cursor.fetchall()
    return int(times)


def check_entry(act: str, address: str) -> None:
    """One more entry of this kind without an account from one address; refused beyond the limit,
    however many come at once."""
    if count(act, address, window=ENTRY_WINDOW) > ENTRIES:
        raise Refused(
            "need.too-many",
            gettext_noop(
                "Too many requests from this connection. Wait an hour, or tell the community."
            ),
        )


def forget(before: datetime) -> None:
    """Delete what was counted before an instant."""
    Quota.objects.filter(since__lt=before).delete()
