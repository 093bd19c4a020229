"""The worker's part: answers that are overdue are told of, who asked long ago is forgotten."""

from datetime import time

from procrastinate.contrib.django import app

from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import gettext_noop
from baodao.kernel.jobs import AGAIN, daily, on_each
from baodao.problems.commands import problems
from baodao.problems.commands.escalations import tell_overdue
from baodao.problems.queries.problems import overdue_escalations


@daily(time(9, 25), gettext_noop("Places are told of whistles about problems without an answer"))
@app.task(name="problems.tell_overdue", queueing_lock="problems.tell_overdue", retry=AGAIN)
def tell(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every morning; of each once."""
    calls = overdue_escalations().values_list("pk", flat=True)
    on_each(calls, lambda pk: tell_overdue(SYSTEM, escalation_id=pk))


@daily(time(3, 52), gettext_noop("Who raised problems that were closed long ago is forgotten"))
@app.task(name="problems.forget_askers", queueing_lock="problems.forget_askers")
def forget_askers(timestamp: int = 0) -> None:  # noqa: ARG001 - Procrastinate names it
    """Every night."""
    problems.forget_askers(SYSTEM)
