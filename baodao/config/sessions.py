"""Sessions as Django keeps them in the database, read by a statement that is written once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from baodao.kernel.prepared import Prepared


class SessionStore(DatabaseStore):
    """Every page of somebody signed in reads a session first; to write that statement anew took
    Django as long as the database to answer it."""

    def _get_session_from_db(self) -> Session | None:
        """The session that is kept under the key and not over; the key of none is forgotten."""
        session = _SESSION.first(self.session_key or "")
        if session is None:
            self._session_key = None
        return session


def _session(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=Now())


_SESSION = Prepared(_session)
