"""Figures of tasks and of committees: given, done, in time; meetings held, decisions written down.
Who came to a meeting enters none of them."""

from baodao.figures.rules.definitions import Metric, Share
from baodao.figures.rules.sources import DECISIONS, MEETINGS, PROBLEM_TASKS
from baodao.kernel.errors import gettext_noop
from baodao.tallies.rules.conditions import Trait

ADDED_AT, DONE_AT, IN_TIME = Trait("added_at"), Trait("done_at"), Trait("in_time")
STARTS_AT, DECIDED_AT = Trait("starts_at"), Trait("decided_at")

METRICS = (
    Metric(
        "tasks_given",
        PROBLEM_TASKS,
        gettext_noop("Tasks given"),
        "分解任务数",
        gettext_noop(
            "Tasks of problems on the list of a community that were given in the period and were "
            "not withdrawn by then."
        ),
        ADDED_AT.in_period,
    ),
    Metric(
        "tasks_done",
        PROBLEM_TASKS,
        gettext_noop("Tasks that were done"),
        "完成任务数",
        gettext_noop("Tasks that were said to be done in the period, by then."),
        DONE_AT.in_period,
    ),
    Metric(
        "tasks_in_time",
        PROBLEM_TASKS,
        gettext_noop("Tasks done in time"),
        "按时完成任务数",
        gettext_noop("Of these, those that were done by the day on which they were due."),
        DONE_AT.in_period & IN_TIME.holds,
        share=Share("tasks_done", gettext_noop("Tasks in time"), "按时完成率"),
    ),
    Metric(
        "meetings_held",
        MEETINGS,
        gettext_noop("Meetings of committees held"),
        "召开会议次数",
        gettext_noop(
            "Meetings of committees of a community that began on a day of the period, had begun by "
            "then, and were entered and not cancelled by then."
        ),
        STARTS_AT.in_period,
    ),
    Metric(
        "decisions_taken",
        DECISIONS,
        gettext_noop("Decisions of committees"),
        "会议决定事项数",
        gettext_noop(
            "Items of which a committee of a community decided, by when that was first written "
            "down."
        ),
        DECIDED_AT.in_period,
    ),
)
