"""Pairings on paper: 结对帮扶登记表."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item, paper_text
from baodao.kernel import clock
from baodao.kernel.masks import masked_name, masked_phone
from baodao.offers.kinds.pairing.kind import VisitRhythm
from baodao.offers.rules.situations import Situation
from baodao.pairings.queries.stories import PairingStory, Supporter
from baodao.pairings.rules.papers import PAIRING_LIST


def pairing_list(place: str, stories: Sequence[PairingStory], ending: str) -> Rendered:
    """结对帮扶登记表 of a community, names and telephones masked, without ID numbers."""
    return render(PAIRING_LIST.code, [pairing_list_item(place, stories)], ending)


def pairing_list_item(place: str, stories: Sequence[PairingStory]) -> Item:
    """The pairings in the order given, in Chinese whatever the reader's language."""
    with translation.override("zh-hans"):
        rows = [_row(story) for story in stories]
    return {"organisation": place, "as_of": clock.today(), "rows": rows}


def _row(story: PairingStory) -> dict[str, object]:
    pairing, household = story.pairing, story.household
    over = clock.day_of(pairing.ended_at)
    return {
        "name": masked_name(household.name) if household else "",
        "situation": gettext(Situation.words_of(pairing.own.situation)),
        "phone": masked_phone(household.phone) if household else "",
        "offer": pairing.title,
        "supporter": "、".join(map(_words, story.supporters)),
        "paired_on": story.paired_on,
        "rhythm": gettext(VisitRhythm.words_of(pairing.own.rhythm)),
        "visits": story.visits,
        "visited_on": pairing.visited_on,
        "remark": f"{paper_text(over, 'day')} {pairing.ended_reason}" if over else "",
    }


def _words(one: Supporter) -> str:
    """Who helps or helped, from when and until when."""
    since, until = paper_text(one.since, "day"), paper_text(one.until, "day")
    return f"{one.name}（{since}至{until}）" if until else f"{one.name}（{since}起）"
