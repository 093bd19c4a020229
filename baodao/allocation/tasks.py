"""The worker's part: proposals are calculated."""

from functools import partial
from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from baodao.allocation.commands import proposals
from baodao.allocation.models import Allocation
from baodao.kernel.actors import run_for
from baodao.kernel.jobs import AGAIN, run_to_end


@app.task(name="allocation.calculate", retry=AGAIN, pass_context=True)
def calculate(context: JobContext, allocation_id: str) -> None:
    """Calculate one, with the rights that whoever asked for it has now; killed in between, it is
    calculated again."""
    allocation = Allocation.objects.only("account_id").get(pk=allocation_id)
    act = partial(proposals.calculate, allocation_id=UUID(allocation_id))
    start = partial(run_for, allocation.account_id, act)
    run_to_end(context.job, start, partial(proposals.refuse, allocation))
