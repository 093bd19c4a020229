"""The sheet for the notice board that leads to a community's residents' page."""

from baodao.documents.files import Rendered
from baodao.documents.posters import Poster, poster
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
