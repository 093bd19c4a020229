"""What notices say and to whom they may be said when: pure, without Django or the database."""

from baodao.notices.rules.catalogue import (
    KINDS,
    NoticeKind,
    Topic,
    hidden_kinds,
    kinds_of,
    reminders,
    topics_in_use,
)
from baodao.notices.rules.channels import SERVICE_NAMES, Address, read_address
from baodao.notices.rules.complaints import (
    ANSWER_WORKING_DAYS,
    CODE_ALPHABET,
    CODE_LENGTH,
    MOST_WORDS,
    answer_due,
    check_words,
)
from baodao.notices.rules.delivering import (
    FAILURES,
    STATE_NAMES,
    Failure,
    State,
    digest,
    digest_at,
    retry_at,
)
from baodao.notices.rules.reminding import (
    LIMIT,
    QUIET_FROM,
    QUIET_UNTIL,
    WINDOW,
    check_reminder,
    shown_at,
)

__all__ = [
    "ANSWER_WORKING_DAYS",
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "FAILURES",
    "KINDS",
    "LIMIT",
    "MOST_WORDS",
    "QUIET_FROM",
    "QUIET_UNTIL",
    "SERVICE_NAMES",
    "STATE_NAMES",
    "WINDOW",
    "Address",
    "Failure",
    "NoticeKind",
    "State",
    "Topic",
    "answer_due",
    "check_reminder",
    "check_words",
    "digest",
    "digest_at",
    "hidden_kinds",
    "kinds_of",
    "read_address",
    "reminders",
    "retry_at",
    "shown_at",
    "topics_in_use",
]
