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
    CODE_ALPHABET,
    CODE_LENGTH,
    MOST_WORDS,
    check_words,
)
from baodao.notices.rules.delivering import (
    FAILURES,
    STATE_NAMES,
    Failure,
    State,
    WorkingHours,
    digest,
    digest_at,
    retry_at,
)
from baodao.notices.rules.reminding import Limit, QuietHours, check_reminder, shown_at

__all__ = [
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "FAILURES",
    "KINDS",
    "MOST_WORDS",
    "SERVICE_NAMES",
    "STATE_NAMES",
    "Address",
    "Failure",
    "Limit",
    "NoticeKind",
    "QuietHours",
    "State",
    "Topic",
    "WorkingHours",
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
