"""Pages of policies and trials: from a preset to a version of one's own, tried on the records."""

import pytest
from django.test import Client
from django.urls import reverse

from baodao.kernel import clock
from baodao.kernel.jobs import failure
from baodao.policies.commands.texts import save_policy
from baodao.policies.models import PolicyDocument, PolicyVersion
from baodao.policies.rules.presets import preset_text
from baodao.trials.commands import count_trial, refuse_trial
from baodao.trials.models import PolicyTrial
from tests.ledger.steps import hosted, record
from tests.world import World

R2 = preset_text("r2") or ""
GUIDED = {"name": "全年十小时", "subject": "person", "period": "year", "fill": "1"}


def _page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_supervisor_begins_with_a_preset_and_tries_what_became_of_it(
    world: World, client: Client
) -> None:
    hosted(world)
    record(world, served_on=clock.today())
    client.force_login(world.accounts["fan"])
    assert "苍南" in _page(client, "policies:library")
    assert "每半年志愿服务不少于 1 次" in _page(client, "policies:preset", "r2")
    assert "按 0 计算" not in _page(client, "policies:preset", "r8")
    new = reverse("policies:new")
    assert "服务时长" in client.get(f"{new}?from=r2").content.decode()
    wrong = client.post(new, {"text": R2.replace("half-year", "half-yeer")})
    assert wrong.status_code == 422
    assert "是不是“half-year（本半年）”" in wrong.content.decode()
    client.post(new, {"text": R2})
    policy = PolicyDocument.objects.get()
    edit = reverse("policies:edit", args=[policy.pk])
    values = client.get(edit).context["edit"].carried
    assert values
    client.post(edit, {"text": R2.replace("at_least: 10", "at_least: 1")})
    page = _page(client, "policies:policy", policy.pk)
    assert "原为" in page
    assert "服务时长不少于 1 小时" in page
    _check_trial(world, client, policy)


def _check_trial(world: World, client: Client, policy: PolicyDocument) -> None:
    """Beside the first version, by branch, with everybody there and why."""
    first = PolicyVersion.objects.get(number=1)
    client.post(reverse("policies:new"), {"text": R2})
    other = PolicyVersion.objects.exclude(policy=policy).get()
    answer = client.post(
        reverse("trials:new", args=[policy.pk]),
        {"day": clock.today().isoformat(), "against": str(other.pk)},
    )
    trial = PolicyTrial.objects.get()
    assert answer["Location"] == reverse("trials:trial", args=[trial.pk])
    assert (trial.version.number, trial.against) == (2, other)
    assert first.text == other.text
    assert "第一党支部" in _page(client, "trials:trial", trial.pk)
    rows = _page(client, "trials:rows", trial.pk, world.first.pk)
    assert "陈晓宇" in rows
    _check_rows(client, reverse("trials:rows", args=[trial.pk, world.first.pk]))
    client.force_login(world.accounts["deng"])
    assert "R2" in _page(client, "policies:policy", policy.pk)
    assert client.get(reverse("trials:trial", args=[trial.pk])).status_code == 404
    assert client.get(reverse("policies:edit", args=[policy.pk])).status_code == 404


def _check_rows(client: Client, address: str) -> None:
    """Searched by initials, filtered by outcome and by what changes, saved as a file."""
    shown = {
        query: client.get(f"{address}?{query}").content.decode()
        for query in ("q=cxy", "q=zzz", "change=changed", "change=same", "outcome=无此结果")
    }
    assert {query: "陈晓宇" in page for query, page in shown.items()} == {
        "q=cxy": True, "q=zzz": False, "change=changed": False, "change=same": True,
        "outcome=无此结果": False,
    }  # fmt: skip
    book = client.get(f"{address}?export=xlsx")
    assert book["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind_1": "service", "least_1": "10", "unit_1": "hours"}, "worth: {hour: 1}"),
        ({"kind_1": "service"}, "请填写此项"),
        ({}, "请选择计算内容"),
        ({"steps_kind": "service", "steps_hour": "1", "grade_1": "一星", "from_1": "10"}, "一星"),
    ],
)
def test_fields_become_a_text(
    world: World, client: Client, typed: dict[str, str], said: str
) -> None:
    client.force_login(world.accounts["fan"])
    page = client.post(reverse("policies:new"), GUIDED | typed).content.decode()
    assert said in page
    assert not PolicyDocument.objects.exists()


def test_what_a_text_says_stands_beside_it_while_one_types(world: World, client: Client) -> None:
    client.force_login(world.accounts["deng"])
    typed = {"text": R2, "look": "1", "times_service": "1", "minutes_service": "60"}
    answer = client.post(reverse("policies:new"), typed, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert part.lstrip().startswith('<div id="beside"')
    assert "未达到" in part
    assert not PolicyDocument.objects.exists()
    client.force_login(world.accounts["chen"])
    assert client.get(reverse("policies:library")).status_code == 404


def test_a_trial_that_the_worker_counts_is_followed_until_it_is_done(
    world: World, client: Client
) -> None:
    hosted(world)
    fan = world.actor("fan")
    version = save_policy(fan, organisation_id=world.east.pk, text=R2)
    columns = {"version": version, "organisation": world.east, "day": clock.today()}
    waiting = PolicyTrial.objects.create(**columns, asked_by="范立")
    client.force_login(world.accounts["fan"])
    url = reverse("trials:trial", args=[waiting.pk])
    assert "正在试算" in client.get(url).content.decode()
    assert "data-job" in client.get(url, headers={"HX-Request": "true"}).content.decode()
    count_trial(fan, trial_id=waiting.pk)
    assert "第一党支部" in client.get(url).content.decode()
    stopped = PolicyTrial.objects.create(**columns, asked_by="范立")
    refuse_trial(stopped.pk, failure())
    url = reverse("trials:trial", args=[stopped.pk])
    assert "试算未完成" in client.get(url).content.decode()
