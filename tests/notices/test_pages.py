"""The pages of notices: the list, topics, channels, and the link that ends messages."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from baodao.kernel import clock
from baodao.notices.commands.channels import ChannelDraft, add_channel
from baodao.notices.commands.deliveries import deliver
from baodao.notices.commands.notices import Message, announce
from baodao.notices.models import Channel, Delivery, Notice, TurnedOff
from baodao.notices.rules.deliveries import DeliveryState
from tests.notices.receiver import Receiver
from tests.world import World

FACTS: dict[str, str | int] = {"number": "〔2026〕1号", "community": "柳荫社区"}
CLIENT_ID = "01890000-0000-7000-8000-00000000000%s"


def as_(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def remind(world: World) -> Notice:
    [notice] = announce(
        [Message("reminder-present", person_id=world.people["chen"].pk, facts=FACTS)]
    )
    Notice.objects.filter(pk=notice.pk).update(show_at=clock.now())
    return notice


def tell(world: World, place: str = "bureau") -> None:
    announce(
        [Message("unit-accepted", organisation_id=world.places[place].pk,
                 facts={"community": "柳荫社区"})]
    )  # fmt: skip


def test_an_empty_list_says_that_there_is_nothing_to_do(world: World) -> None:
    page = body(as_(world, "chen"), "/notices/")
    assert "与您有关的事会自动显示在这里" in page
    assert "全部标为已读" not in page


def test_unread_ones_are_marked_until_all_are_read(world: World) -> None:
    remind(world)
    client = as_(world, "chen")
    assert 'class="badge unread"' in body(client, "/notices/")
    assert "〔2026〕1号" in body(client, "/notices/?unread=1")
    client.post("/notices/read/")
    assert 'class="badge unread"' not in body(client, "/notices/")
    assert "〔2026〕1号" not in body(client, "/notices/?unread=1")


def test_the_newest_stands_first_and_a_topic_can_be_chosen(world: World) -> None:
    for days in (3, 1, 2):
        with clock.at(clock.now() - timedelta(days=days)):
            facts = FACTS | {"number": f"{days}天前"}
            announce([Message("letter-issued", person_id=world.people["chen"].pk, facts=facts)])
    page = body(as_(world, "chen"), "/notices/?topic=registration")
    assert re.findall(r"(\d)天前", page) == ["1", "2", "3"]
    assert "天前" not in body(as_(world, "chen"), "/notices/?topic=nonsense")


def test_a_reminder_is_ended_beside_it_and_what_tells_is_not(world: World) -> None:
    notice = remind(world)
    client = as_(world, "chen")
    assert body(client, "/notices/").count(f"/notices/{notice.pk}/off/") == 1
    answer = client.post(f"/notices/{notice.pk}/off/", follow=True)
    assert "不再提示“报到”" in answer.content.decode()
    assert "〔2026〕1号" not in body(client, "/notices/")
    again = client.post(
        "/notices/topics/", {"app": "registration", "outside": "registration", "save": "1"}
    )
    assert again.status_code == 302
    assert "〔2026〕1号" in body(client, "/notices/")
    announce([Message("letter-issued", person_id=world.people["chen"].pk, facts=FACTS)])
    assert body(client, "/notices/").count("/off/") == 1


def test_nobody_ends_a_topic_by_a_notice_of_somebody_else(world: World) -> None:
    notice = remind(world)
    for name in ("an", "deng", "gu"):
        assert as_(world, name).post(f"/notices/{notice.pk}/off/").status_code == 404
    assert not TurnedOff.objects.exists()


def test_topics_are_kept_for_each_place(world: World) -> None:
    client = as_(world, "an")
    page = body(client, "/notices/topics/")
    assert page.count(" checked") == 2 * page.count('name="app"')
    client.post("/notices/topics/", {"save": "1", "outside": "registration"})
    kept = TurnedOff.objects.filter(topic="registration").values_list("account__username", "place")
    assert list(kept) == [("an", "app")]
    assert " checked" in body(client, "/notices/topics/")


def test_a_secretary_sets_a_channel_and_never_sees_its_address_again(world: World) -> None:
    client = as_(world, "deng")
    path = f"/organisations/{world.bureau.pk}/channels/"
    assert path in body(client, "/notices/topics/")
    assert "不会向外发送任何内容" in body(client, path)
    typed = {"label": "党建工作群", "address": "https://qyapi.weixin.qq.com/x?key=geheim-9931"}
    page = client.post(path, typed | {"client_id": CLIENT_ID % 1}, follow=True)
    client.post(path, typed | {"client_id": CLIENT_ID % 1})
    channel = Channel.objects.get()
    assert "党建工作群" in page.content.decode()
    for shown in (path, f"/channels/{channel.pk}/", "/journal/"):
        assert "geheim" not in client.get(shown).content.decode()
    assert "企业微信机器人 · …9931" in body(client, path)


def test_a_wrong_address_is_refused_beside_the_form_with_the_reason(world: World) -> None:
    client = as_(world, "deng")
    path = f"/organisations/{world.bureau.pk}/channels/"
    for address, said in (
        ("http://example.cn/", "以https开头的地址"),
        ("https://127.0.0.1/", "内部网络的地址"),
        ("hello", "地址无法识别"),
        ("mailtos://a:b@exa..mple?to=a@b.cn&smtp=smtp.example.cn", "地址无法识别"),
    ):
        answer = client.post(path, {"label": "x", "address": address})
        assert said in answer.content.decode()
    assert not Channel.objects.exists()


def test_a_place_without_a_channel_names_the_one_above_that_holds(world: World) -> None:
    typed = ChannelDraft("区里的群", "wecombot://geheim-9931")
    add_channel(world.actor("sun"), draft=typed, organisation_id=world.east.pk)
    page = body(as_(world, "deng"), f"/organisations/{world.bureau.pk}/channels/")
    assert "使用东岸区的渠道" in page


def test_a_channel_s_page_tells_how_its_messages_went(world: World, receiver: Receiver) -> None:
    deng, client = world.actor("deng"), as_(world, "deng")
    channel = add_channel(
        deng, draft=ChannelDraft("群", receiver.url), organisation_id=world.bureau.pk
    )
    path = f"/channels/{channel.pk}/"
    assert "还没有发送过消息" in body(client, path)
    client.post(f"{path}test/")
    assert "一分钟内已发过测试消息" in client.post(f"{path}test/", follow=True).content.decode()
    deliver(Delivery.objects.get().pk)
    assert "已交给对方" in body(client, path)
    receiver.status = 404
    tell(world)
    deliver(Delivery.objects.get(state=DeliveryState.COLLECTING).pk)
    page = body(client, path)
    assert "对方没有接受，返回：404" in page
    assert "1条通知" in page
    client.post(f"{path}remove/")
    assert client.get(path).status_code == 404


def test_a_member_has_channels_of_their_own_and_others_do_not_see_them(world: World) -> None:
    chen = as_(world, "chen")
    chen.post("/channels/", {"label": "家里", "address": "wecombot://geheim-9931"})
    channel = Channel.objects.get()
    assert channel.account == world.accounts["chen"]
    assert "家里" in body(chen, "/channels/")
    for name in ("an", "deng", "sun", "gu"):
        other = as_(world, name)
        assert other.get(f"/channels/{channel.pk}/").status_code == 404
        assert other.post(f"/channels/{channel.pk}/remove/").status_code == 404
        assert other.get("/channels/").status_code == 404


@pytest.mark.parametrize("reader", [None, "gu", "chen"])
def test_the_link_asks_with_get_and_ends_with_post_without_signing_in(
    world: World, receiver: Receiver, reader: str | None
) -> None:
    deng = world.actor("deng")
    channel = add_channel(
        deng, draft=ChannelDraft("群", receiver.url), organisation_id=world.bureau.pk
    )
    tell(world)
    deliver(Delivery.objects.get().pk)
    [link] = re.findall(r"https?://[^/]+(/n/\S+/off/)", receiver.texts[0])
    client = as_(world, reader) if reader else Client()
    assert "不再发送此类消息？" in body(client, link)
    assert not TurnedOff.objects.exists()
    for _ in range(2):
        form = {"topic": "registration", "client_id": CLIENT_ID % 2}
        assert "已关闭" in client.post(link, form, follow=True).content.decode()
    tell(world)
    assert not Delivery.objects.filter(state=DeliveryState.COLLECTING).exists()
    page = body(as_(world, "deng"), f"/channels/{channel.pk}/")
    assert "已通过消息中的链接关闭" in page
    as_(world, "deng").post(f"/channels/{channel.pk}/again/", {"topic": "registration"})
    tell(world)
    assert Delivery.objects.filter(state=DeliveryState.COLLECTING).exists()


def test_the_link_of_a_member_s_message_ends_it_for_the_member(
    world: World, receiver: Receiver
) -> None:
    add_channel(world.actor("chen"), draft=ChannelDraft("我的", receiver.url))
    remind(world)
    token = Delivery.objects.get().token
    page = Client().post(f"/n/{token}/off/", {"topic": "registration"}).content.decode()
    assert "陈晓宇" not in page
    off = TurnedOff.objects.get()
    assert (off.account, off.place) == (world.accounts["chen"], "outside")


def test_a_guessed_link_opens_nothing(world: World) -> None:
    for token in ("x", "A" * 22, "%00"):
        assert Client().get(f"/n/{token}/off/").status_code == 404
        assert Client().post(f"/n/{token}/off/", {"topic": "registration"}).status_code == 404


def test_ten_thousand_notices_cost_as_many_queries_as_one(
    world: World, django_assert_max_num_queries: object
) -> None:
    Notice.objects.bulk_create(
        Notice(organisation=world.willow, kind="unit-presented", facts={"unit": f"第{n}局"})
        for n in range(10_001)
    )
    client = as_(world, "an")
    client.get("/notices/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = body(client, "/notices/")
    assert "超过 10000" in page or "10000" in page
    assert page.count("<tr>") == 51
