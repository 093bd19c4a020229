"""Short ways to problems, for tests that begin in the middle."""

from datetime import date, timedelta
from typing import Any

from baodao.kernel import clock
from baodao.orgs.models import Organisation
from baodao.problems.commands.problem_tasks import add_task
from baodao.problems.commands.problems import raise_problem
from baodao.problems.models import PlaceProblem, ProblemTask
from baodao.problems.queries.problems import problem_rows
from baodao.problems.rules.problems import Duty, ProblemFacts
from tests.world import World

TEXT = "三号楼电梯三天两头停运"


def days(number: int) -> date:
    """A day from today on."""
    return clock.today() + timedelta(days=number)


def problem(world: World, owner: Organisation | None = None, **words: Any) -> PlaceProblem:
    """An puts one on the list of her community, for herself unless another solves it."""
    due_on = words.pop("due_on", days(14))
    duty = Duty((owner or world.willow).pk, due_on, words.pop("owner_name", ""))
    facts = ProblemFacts(**{"source": "window", "text": TEXT, **words})
    return raise_problem(world.actor("an"), place_id=world.willow.pk, facts=facts, duty=duty)


def task(world: World, row: PlaceProblem, owner: Organisation, **words: Any) -> ProblemTask:
    """An gives somebody a task of it."""
    duty = Duty(owner.pk, words.get("due_on", days(7)), words.get("owner_name", ""))
    text = words.get("text", "请维保公司检修")
    return add_task(world.actor("an"), problem_id=row.pk, text=text, duty=duty)


def fresh(row: PlaceProblem) -> Any:
    """The problem as its list has it now."""
    return problem_rows().get(pk=row.pk)
