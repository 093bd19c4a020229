"""The worker's part: policies are tried on large places."""

from functools import partial
from uuid import UUID

from procrastinate import JobContext
from procrastinate.contrib.django import app

from baodao.kernel.actors import run_for
from baodao.kernel.jobs import AGAIN, run_to_end
from baodao.policies.commands.trials import calculate_trial, refuse_trial
from baodao.policies.models import PolicyTrial


@app.task(name="policies.try_policy", retry=AGAIN, pass_context=True)
def try_policy(context: JobContext, trial_id: str) -> None:
    """Count one trial, with the rights that whoever asked for it has now; killed in between, it is
    counted again."""
    trial = PolicyTrial.objects.only("account_id").get(pk=trial_id)
    act = partial(calculate_trial, trial_id=UUID(trial_id))
    start = partial(run_for, trial.account_id, act)
    run_to_end(context.job, start, partial(refuse_trial, trial.pk))
