"""居民点单服务单: one order with its four parts on one sheet."""

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item
from baodao.kernel import clock
from baodao.kernel.masks import masked_name, masked_phone
from baodao.ledger.rules.durations import length_on_paper
from baodao.needs.rules.life import AskerWord
from baodao.orders.queries.stories import OrderStory
from baodao.orders.rules.papers import ORDER_SLIP


def order_slip(story: OrderStory, ending: str) -> Rendered:
    """The slip of an order; who asked for it stands there masked."""
    return render(ORDER_SLIP.code, [order_slip_item(story)], ending)


def order_slip_item(story: OrderStory) -> Item:
    """What the slip says, in Chinese whatever the reader's language; parts that have not come yet
    stay empty."""
    order, offer, records = story.order, story.offer, story.records
    with translation.override("zh-hans"):
        word = gettext(AskerWord.words_of(order.satisfied)) if order.satisfied else ""
    minutes = sum(record.minutes for record in records)
    return {
        "organisation": order.community.name,
        "as_of": clock.today(),
        "ordered": order.text,
        "orderer": masked_name(order.asker) if order.asker else "",
        "phone": masked_phone(order.phone),
        "order_place": order.place,
        "ordered_on": clock.day_of(order.collected_at),
        "order_content": offer.title if offer else "",
        "handler": offer.created_by if offer else "",
        "dispatched_on": clock.day_of(offer.published_at) if offer else None,
        "order_takers": "、".join(story.takers),
        "taken_on": clock.day_of(story.taken_at),
        "served_on": max((record.served_on for record in records), default=None),
        "time_served": length_on_paper(minutes) if minutes else "",
        "order_word": word,
        "rated_on": clock.day_of(order.answered_at),
        "order_remark": order.remark,
    }
