"""What was chosen and is closed meanwhile stays chosen, marked, until somebody changes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from baodao.commitments.models import CommitmentItem
from baodao.kernel import clock
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.policies import KINDS_OF_SERVICE
from baodao.ledger.rules.records import CATEGORIES
from baodao.needs.commands.menu import publish_item
from baodao.needs.models import MenuItem, Need
from baodao.needs.rules.menu import MenuFacts
from baodao.offers.commands.offers import close as close_offer
from baodao.offers.models import Offer
from baodao.orgs.commands.policies import set_policy
from baodao.orgs.models import Organisation
from baodao.orgs.rules.dictionaries import Word
from baodao.series.models import ActivitySeries
from baodao.statements.commands.statements import return_statement
from baodao.statements.models import Statement
from tests.commitments import steps as vows
from tests.ledger.steps import record
from tests.needs.steps import need
from tests.offers import steps as offers
from tests.offers.steps import published
from tests.registration import steps as road
from tests.registration.browsing import browser
from tests.series import steps as series
from tests.statements.steps import stated
from tests.teams.steps import put, registration_of
from tests.ui.test_edits import sent_of
from tests.world import World

KIND, STOPPED = "convenience", "（已停用）"


def close_kind(world: World, kind: str = KIND) -> None:
    """An's community offers this kind of service no longer."""
    words = [Word(code, name, is_offered=code != kind) for code, name in CATEGORIES.items()]
    place = world.willow.pk
    set_policy(world.actor("ji"), organisation_id=place, policy=KINDS_OF_SERVICE, value=words)


def offer(world: World) -> tuple[Client, str, Callable[[], str]]:
    row = published(world, category=KIND)
    page = reverse("offers:edit", args=[row.pk])
    return browser(world, "an"), page, lambda: Offer.objects.get(pk=row.pk).category


def screened(world: World) -> tuple[Client, str, Callable[[], str]]:
    row = need(world, "screened", category=KIND)
    page = reverse("needs:correct", args=[row.pk])
    return browser(world, "an"), page, lambda: Need.objects.get(pk=row.pk).category


def collected(world: World) -> tuple[Client, str, Callable[[], str]]:
    row = need(world, category=KIND)
    page = reverse("needs:screen", args=[row.pk])
    return browser(world, "an"), page, lambda: Need.objects.get(pk=row.pk).category


def statement(world: World) -> tuple[Client, str, Callable[[], str]]:
    road.accepted(world)
    row = stated(world, category=KIND)
    return_statement(world.actor("an"), statement_id=row.pk, reason="时间不对")
    page = f"{reverse('statements:state')}?again={row.pk}"
    return browser(world, "chen"), page, lambda: Statement.objects.get(state="waiting").category


def on_menu(world: World) -> tuple[Client, str, Callable[[], str]]:
    facts = MenuFacts(title="上门理发", category=KIND, schedule="每周三下午", weekly=5)
    row = publish_item(world.actor("an"), provider_id=world.willow.pk, facts=facts)
    page = reverse("needs:edit_item", args=[row.pk])
    return browser(world, "an"), page, lambda: MenuItem.objects.get(pk=row.pk).category


def returning(world: World) -> tuple[Client, str, Callable[[], str]]:
    today = clock.today()
    days = {"on": today + timedelta(days=8), "until_on": today + timedelta(days=60)}
    row = series.published(world, category=KIND, **days)
    page = reverse("series:edit", args=[row.pk])
    return browser(world, "an"), page, lambda: ActivitySeries.objects.get(pk=row.pk).category


@pytest.mark.parametrize("thing", [offer, screened, collected, statement, on_menu, returning])
def test_a_kind_of_service(
    world: World, thing: Callable[[World], tuple[Client, str, Callable[[], str]]]
) -> None:
    client, page, kind_of = thing(world)
    close_kind(world)
    shown = client.get(page)
    assert (KIND, True) in [
        (value, label.endswith(STOPPED))
        for value, label in shown.context["form"].fields["category"].choices
    ]
    assert f'value="{KIND}" selected' in shown.content.decode()
    saved = client.post(page, sent_of(shown) | {"place": "3号楼"})
    assert saved.status_code == 302, saved.context["form"].errors
    assert kind_of() == KIND


def test_the_kind_of_a_record_that_is_corrected(world: World) -> None:
    row = record(world, category=KIND)
    close_kind(world)
    an, page = browser(world, "an"), reverse("statements:correct", args=[row.community_id, row.id])
    form = an.get(page).context["form"]
    assert any(
        value == KIND and STOPPED in label for value, label in form.fields["category"].choices
    )
    typed = {name: form[name].value() or "" for name in form.fields} | {"reason": "地点有误"}
    assert an.post(page, typed | {"place": "3号楼"}).status_code == 302
    assert set(ServiceRecord.objects.values_list("category", flat=True)) == {KIND}


def test_the_organiser_of_an_offer(world: World) -> None:
    row = published(world, organiser_id=world.team.pk)
    Organisation.objects.filter(pk=world.team.pk).update(closed_at=clock.now())
    an, page = browser(world, "an"), reverse("offers:edit", args=[row.pk])
    shown = an.get(page)
    choices = dict(shown.context["form"].fields["organiser"].choices)
    assert choices[str(world.team.pk)] == f"{world.team.name}（已关闭）"
    assert an.post(page, sent_of(shown) | {"place": "活动室"}).status_code == 302
    assert Offer.objects.get(pk=row.pk).organiser_id == world.team.pk


def test_the_team_of_a_member(world: World) -> None:
    chen = offers.chen(world)
    put(world, chen)
    Organisation.objects.filter(pk=world.team.pk).update(closed_at=clock.now())
    row = registration_of(chen)
    an, page = browser(world, "an"), reverse("registration:place", args=[row.pk])
    shown = an.get(page)
    form = shown.context["form"]
    assert dict(form.fields["team"].choices)[world.team.pk] == f"{world.team.name}（已关闭）"
    assert form["team"].value() == world.team.pk
    assert an.post(page, sent_of(shown) | {"grid": world.grid.pk}).status_code == 302
    row.refresh_from_db()
    assert (row.team_id, row.grid_id) == (world.team.pk, world.grid.pk)


def test_the_community_of_a_returned_statement(world: World) -> None:
    road.accepted(world)
    row = stated(world)
    return_statement(world.actor("an"), statement_id=row.pk, reason="时间不对")
    Organisation.objects.filter(pk=world.willow.pk).update(closed_at=clock.now())
    chen, page = browser(world, "chen"), f"{reverse('statements:state')}?again={row.pk}"
    shown = chen.get(page)
    choices = shown.context["form"].fields["community"].choices
    assert choices == [(world.willow.pk, "柳荫社区（已关闭）")]
    answer = chen.post(page, sent_of(shown))
    assert (answer.status_code, "不再受理；请另选" in answer.content.decode()) == (422, True)
    assert Statement.objects.get().state == "returned"


def test_what_was_committed_to_and_is_over(world: World) -> None:
    chen = offers.chen(world)
    post = published(world, "post")
    vows.committed(chen, post)
    close_offer(world.actor("an"), offer_id=post.pk)
    client, page = browser(world, "chen"), reverse("commitments:edit")
    form = client.get(page).context["form"]
    choices = dict(form.fields["others"].choices)
    assert choices[str(post.pk)].endswith("，已结束）")
    assert form["others"].value() == [post.pk]
    assert client.post(page, {"others": [str(post.pk)], "times": "6"}).status_code == 302
    assert CommitmentItem.objects.filter(commitment__until=None).get().offer == post


def test_no_other_kind_is_chosen_where_the_usual_one_of_a_pairing_is_closed(world: World) -> None:
    close_kind(world, "relief")
    form = browser(world, "an").get(reverse("pairings:new")).context["form"]
    assert next(iter(form.fields["category"].choices)) == ("", "请选择")


def test_what_is_closed_is_offered_to_nobody_else(world: World) -> None:
    close_kind(world)
    for name, page in (("an", reverse("needs:collect")), ("an", reverse("statements:enter"))):
        form = browser(world, name).get(page).context["form"]
        assert KIND not in dict(form.fields["category"].choices)
        assert not form["category"].value()
        assert next(iter(form.fields["category"].choices))[0] == "", "nothing is chosen beforehand"
