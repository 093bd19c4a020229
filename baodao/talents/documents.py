"""Talents on paper: 草根能人台账, and the sheet of what one of them served."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation

from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item, paper_text
from baodao.kernel import clock
from baodao.kernel.masks import masked_phone
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.rules.durations import length_on_paper
from baodao.orgs.models import Organisation
from baodao.talents.models import Talent, TalentService
from baodao.talents.queries.talents import listed_on
from baodao.talents.rules.papers import TALENT_LIST, TALENT_SHEET


def talent_list(place: str, rows: Sequence[Any], ending: str) -> Rendered:
    """草根能人台账 in one medium."""
    return render(TALENT_LIST.code, [talent_list_item(place, rows)], ending)


def talent_list_item(place: str, rows: Sequence[Any]) -> Item:
    """Who is in the list, telephones masked, in the order given."""
    return {"organisation": place, "as_of": clock.today(), "rows": [_row(row) for row in rows]}


def _row(row: Any) -> dict[str, object]:
    return {
        "name": row.name,
        "phone": masked_phone(row.phone),
        "specialty": row.skills,
        "free_times": row.free_times,
        "listed_on": listed_on(row),
        "services": row.times,
        "time_served": length_on_paper(row.minutes) if row.minutes else "",
    }


def talent_sheet(
    community: Organisation, talent: Talent, services: Sequence[TalentService], handler: str
) -> Item:
    """服务记录单 of a talent, in Chinese whatever the reader's language."""
    kinds = Kinds()
    with translation.override("zh-hans"):
        rows = [_service(row, kinds) for row in reversed(services)]
    days = [row.served_on for row in services]
    first, last = (paper_text(day, "day") for day in (min(days), max(days))) if days else ("", "")
    return {
        "name": talent.name,
        "volunteer_number": talent.number,
        "period": f"{first}至{last}" if days else "",
        "records": len(services),
        "time_served": length_on_paper(sum(row.minutes for row in services)),
        "community": community.name,
        "community_phone": community.contact_phone,
        "handler": handler,
        "issued_on": clock.today(),
        "rows": rows,
    }


def talent_sheet_file(item: Item, ending: str) -> Rendered:
    """The sheet in one medium."""
    return render(TALENT_SHEET.code, [item], ending)


def _service(row: TalentService, kinds: Kinds) -> dict[str, object]:
    return {
        "day": row.served_on,
        "time": length_on_paper(row.minutes),
        "category": kinds.of(row),
        "result": row.result,
        "place": row.place,
        "recorded_by": row.recorded_by,
    }
