"""The sheets for the notice board: of the residents' page, and of the menu; the card that is handed
to who asked."""

from collections.abc import Iterable

from baodao.documents.files import Rendered
from baodao.documents.posters import Poster, poster
from baodao.needs.models import MenuItem, Need
from baodao.orgs.models import Organisation


def poster_of(community: Organisation, address: str) -> Rendered:
    """A poster for the notice board; always in Chinese, as every paper."""
    return poster(
        Poster(
            title=community.name,
            headline="需要帮忙，扫码告诉我们",
            lines=(
                "不用注册，不用下载，不用留姓名。",
                "说一两句需要什么，凭查询码随时看办到哪一步。",
                "不用手机也可以：到社区窗口说，或者打电话。",
            ),
            address=address,
            foot=f"社区电话：{community.contact_phone}" if community.contact_phone else "",
            filename=f"居民页面海报-{community.name}.pdf",
        )
    )


def _menu_line(item: MenuItem) -> str:
    by = f"（{item.provider.name}提供）" if item.provider_id != item.community_id else ""
    return f"{item.title}：{item.schedule}{by}"


def menu_poster_of(community: Organisation, items: Iterable[MenuItem], address: str) -> Rendered:
    """A community's menu for the notice board, each service with when it is served."""
    return poster(
        Poster(
            title=community.name,
            headline="党员服务菜单",
            lines=tuple(map(_menu_line, items)),
            address=address,
            foot="扫码点单"
            + (f"，或致电社区：{community.contact_phone}" if community.contact_phone else ""),
            filename=f"服务菜单-{community.name}.pdf",
        )
    )


def card_of(need: Need, address: str) -> Rendered:
    """The card that is handed to who asked at the window or on a visit: with it they look, confirm
    and say how it was, on any phone or at the window. It does not say what was asked: it may lie
    about where others read it."""
    phone = need.community.contact_phone
    return poster(
        Poster(
            title=need.community.name,
            headline="办理查询卡",
            lines=(
                f"查询码：{need.code}",
                "扫码看进展；办好后，请告诉我们是否满意。",
                "也可以带卡到社区窗口。请妥善保管。",
            ),
            address=address,
            foot=f"社区电话：{phone}" if phone else "",
            filename=f"办理查询卡-{need.code}.pdf",
            card=True,
        )
    )
