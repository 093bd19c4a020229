"""What the journal's verbs say in the timeline of a record or of a statement."""

from baodao.kernel.errors import gettext_noop

STORIES: dict[str, str] = {
    "record.made": gettext_noop("Recorded: %(minutes)s minutes on %(served_on)s"),
    "record.reversed": gettext_noop("Reversed"),
    "record.corrected": gettext_noop("Put right by a new record of %(minutes)s minutes"),
    "record.disputed": gettext_noop("The member objects"),
    "record.dispute-answered": gettext_noop("Objection answered: %(outcome)s"),
    "statement.made": gettext_noop("Stated by the member: %(minutes)s minutes on %(served_on)s"),
    "statement.made-again": gettext_noop("Stated again: %(minutes)s minutes on %(served_on)s"),
    "statement.withdrawn": gettext_noop("Withdrawn by the member"),
    "statement.returned": gettext_noop("Returned by %(community)s"),
    "statement.confirmed": gettext_noop("Confirmed by %(community)s"),
}
"""Facts that are message ids themselves are translated; `reason` is shown beside the sentence."""
