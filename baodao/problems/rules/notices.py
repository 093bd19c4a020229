"""What notices say about problems: never who asked."""

from baodao.kernel.errors import gettext_noop
from baodao.notices.rules.catalogue import NoticeKind, Topic

PAGE = "/problems/%(about)s/"

NOTICES = (
    NoticeKind(
        "problem-assigned",
        Topic.NEEDS,
        gettext_noop("%(place)s asks you to take on the problem “%(words)s” by %(day)s."),
        url=PAGE,
    ),
    NoticeKind(
        "problem-task",
        Topic.NEEDS,
        gettext_noop("%(place)s asks you to take on the task “%(words)s” by %(day)s."),
        url="/problems/ours/",
    ),
    NoticeKind(
        "problem-escalated",
        Topic.NEEDS,
        gettext_noop(
            "%(place)s whistles for you about “%(words)s”. Please answer by %(day)s what is done."
        ),
        url="/problems/ours/",
    ),
    NoticeKind(
        "problem-answered",
        Topic.NEEDS,
        gettext_noop("%(owner)s answered about “%(words)s”: %(reason)s"),
        url=PAGE,
    ),
    NoticeKind(
        "problem-overdue",
        Topic.NEEDS,
        gettext_noop("%(owner)s has not answered about “%(words)s”, due %(day)s."),
        url=PAGE,
    ),
    NoticeKind(
        "problem-call-withdrawn",
        Topic.NEEDS,
        gettext_noop("The whistle about “%(words)s” for %(owner)s was withdrawn: %(reason)s"),
        url=PAGE,
    ),
    NoticeKind(
        "problem-task-done",
        Topic.NEEDS,
        gettext_noop(
            "%(owner)s has done the task “%(words)s” of the problem “%(problem)s”: %(reason)s"
        ),
        url=PAGE,
    ),
    NoticeKind(
        "problem-ripe",
        Topic.NEEDS,
        gettext_noop(
            "%(owner)s has done the task “%(words)s”: %(reason)s. No task of the problem "
            "“%(problem)s” waits any more; see whether it can be closed."
        ),
        url=PAGE,
    ),
    NoticeKind(
        "problem-task-withdrawn",
        Topic.NEEDS,
        gettext_noop("%(place)s has withdrawn the task “%(words)s”: %(reason)s"),
        url=PAGE,
    ),
    NoticeKind(
        "problem-outcome",
        Topic.NEEDS,
        gettext_noop(
            "%(owner)s reports the problem “%(words)s” as solved: %(reason)s. See whether it can "
            "be closed."
        ),
        url=PAGE,
    ),
    NoticeKind(
        "problem-declined",
        Topic.NEEDS,
        gettext_noop("%(place)s asks you to go on with the problem “%(words)s”: %(reason)s"),
        url=PAGE,
    ),
    NoticeKind(
        "problem-unsolved",
        Topic.NEEDS,
        gettext_noop("Whoever asked says that “%(words)s” is not solved yet. %(reason)s"),
        url=PAGE,
    ),
    NoticeKind(
        "problem-reopened",
        Topic.NEEDS,
        gettext_noop(
            "%(place)s has opened the problem “%(words)s” again and asks you to go on with "
            "it: %(reason)s"
        ),
        url=PAGE,
    ),
)
