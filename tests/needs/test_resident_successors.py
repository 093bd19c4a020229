"""An old poster of a community that was merged or dissolved leads on, in words."""

from django.test import Client

from baodao.kernel import clock
from baodao.needs.commands.requests import collect
from baodao.needs.commands.residents import renew_page
from baodao.needs.models import Need, ResidentPage
from baodao.needs.rules.requests import NeedFacts
from baodao.orgs.commands.reorganisations import reorganise, undo
from baodao.orgs.models import Organisation, Reorganisation
from baodao.orgs.rules.handovers import Aim, Reform
from tests.world import World


def opened(world: World, who: str, where: Organisation) -> str:
    """The address of a community's page, opened by its worker."""
    renew_page(world.actor(who), community_id=where.pk)
    return f"/ask/{ResidentPage.objects.get(community=where).token}/"


def test_the_poster_of_a_merged_community_leads_on(client: Client, world: World) -> None:
    old, new = opened(world, "an", world.willow), opened(world, "bao", world.bridge)
    aim = Aim(Reform.MERGED, successor_id=world.bridge.pk)
    reorganise(world.actor("sun"), organisation_id=world.willow.pk, aim=aim, reason="区划调整")
    answer = client.get(old)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "现由石桥社区为您服务" in page
    assert f'href="{new}"' in page
    client.post(old, {"text": "三号楼楼道灯坏了", "urgency": "normal"})
    assert not Need.objects.exists()


def test_who_took_over_without_a_page_of_its_own_is_asked_under_the_old_poster_too(
    client: Client, world: World
) -> None:
    old = opened(world, "an", world.willow)
    aim = Aim(Reform.MERGED, successor_id=world.bridge.pk)
    reorganise(world.actor("sun"), organisation_id=world.willow.pk, aim=aim, reason="区划调整")
    new = f"/ask/{ResidentPage.objects.get(community=world.bridge).token}/"
    assert f'href="{new}"' in client.get(old).content.decode()
    [act] = Reorganisation.objects.all()
    undo(world.actor("sun"), reorganisation_id=act.pk, organisation_id=world.willow.pk)
    client.post(new, {"text": "三号楼楼道灯坏了", "urgency": "normal"})
    assert Need.objects.get().community == world.bridge, "whoever has printed it keeps it"


def test_a_request_of_before_says_who_looks_after_it_now(client: Client, world: World) -> None:
    facts = NeedFacts("三号楼楼道灯坏了", "patrol")
    asked = collect(world.actor("an"), community_id=world.willow.pk, facts=facts)
    path, words = f"/asked/{asked.code}/", "现由石桥社区为您服务"
    assert words not in client.get(path).content.decode()
    aim = Aim(Reform.MERGED, successor_id=world.bridge.pk)
    reorganise(world.actor("sun"), organisation_id=world.willow.pk, aim=aim, reason="区划调整")
    page = client.get(path).content.decode()
    assert "柳荫社区" in page
    assert words in page


def test_the_poster_of_a_closed_community_says_so(client: Client, world: World) -> None:
    old = opened(world, "an", world.willow)
    Organisation.objects.filter(pk=world.willow.pk).update(closed_at=clock.now())
    answer = client.get(old)
    assert answer.status_code == 200
    assert "这个社区已停用" in answer.content.decode()
    assert client.get("/ask/nobody/").status_code == 404
