"""民情档案卡 of a household, marked with who showed it and when."""

from django.utils import translation
from django.utils.translation import gettext

from baodao.documents.files import Rendered, render
from baodao.documents.sheets import Item, paper_text
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.residents.queries.files import categories_at, readings_of, stories_of
from baodao.residents.queries.people import may_read_children, residents_of
from baodao.residents.rules.households import STORIES
from baodao.residents.rules.papers import HOUSEHOLD_CARD
from baodao.ui.wording import word_of


def household_card(actor: Actor, file: HouseholdFile) -> Rendered:
    """The whole file as it is now, for the household; its children only where the actor may read of
    them, else how many they are."""
    with translation.override("zh-hans"):
        item = _card_item(actor, file)
    return render(HOUSEHOLD_CARD.code, [item], "pdf")


def _card_item(actor: Actor, file: HouseholdFile) -> Item:
    now = clock.local(clock.now())
    entry, basis = file.entry, file.bases.order_by("-version").first()
    words = categories_at(file.community)
    return {
        "reader_mark": f"{actor.name}于{paper_text(now.date(), 'day')}{now:%H:%M}出示，供本户查阅",
        "household_community": file.community.name,
        "number": file.number,
        "household_name": entry.name if entry else "",
        "household_phone": entry.phone if entry else "",
        "household_address": entry.address if entry else "",
        "household_hardship": entry.hardship if entry else "",
        "household_grid": file.grid.name if file.grid else "",
        "household_grade": file.get_grade_display(),
        "household_filed_on": clock.day_of(file.filed_at),
        "household_kept_until": file.kept_until,
        "household_categories": "、".join(word_of(words, code) for code in file.categories),
        "household_basis": f"{basis.get_kind_display()}：{basis.text}" if basis else "",
        "rows": _people(actor, file),
        "household_measures": "\n".join(map(_measure, file.measures.order_by("due_on", "pk"))),
        "household_story": "\n".join(
            f"{paper_text(line.on, 'day')} {line.words}" for line in stories_of(actor, file)
        ),
        "household_readings": "\n".join(_readings(file)),
    }


def _people(actor: Actor, file: HouseholdFile) -> list[Item]:
    people = residents_of(file)
    rows = people.adults + (people.children if may_read_children(actor, file) else [])
    lines: list[Item] = [
        {
            "household_person": row.name,
            "household_relation": row.get_relation_display(),
            "household_born": row.born,
        }
        for row in rows
    ]
    if len(rows) < people.number:
        words = f"未满十四周岁{people.number - len(rows)}人"
        lines.append({"household_person": words, "household_relation": "另行查阅"})
    return lines


def _measure(row: SupportMeasure) -> str:
    due = f"{paper_text(row.due_on, 'day')}前，{row.doer}：{row.text}"
    if row.ended_at is None:
        return due
    done = f"{paper_text(row.done_on, 'day')}完成" if row.done_on else "不再进行"
    return f"{due}（{done}，{row.outcome}）"


def _readings(file: HouseholdFile) -> list[str]:
    return [
        f"{paper_text(clock.day_of(one.at), 'day')} {one.actor_name}"
        f"（{gettext(STORIES[one.verb])}）：{one.facts.get('reason', '')}"
        for one in readings_of(file)
    ]
