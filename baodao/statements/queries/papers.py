"""What stands on 服务记录单 and 服务社区情况记录表.

Of a sheet at the instant of its issue; of a draft and of a year as records are now.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation

from baodao.documents.sheets import Item, paper_text
from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.ledger.models import ServiceRecord
from baodao.ledger.queries.categories import Kinds
from baodao.ledger.queries.places import on_their_shards
from baodao.ledger.queries.records import Rows, between, record_rows, records, standing
from baodao.ledger.rules.durations import hours_figure
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.people.queries.members import current, unit_of
from baodao.registration.queries.registrations import registrations
from baodao.statements.models import RecordSheet
from baodao.statements.queries.sheets import code_of
from baodao.statements.queries.successions import Successions
from baodao.statements.queries.timelines import origin_words
from baodao.ui.wording import time_words

CERTIFICATE = "志愿服务记录证明"


def branch_shown(actor: Actor, record: ServiceRecord) -> Organisation:
    """The branch that a paper names of whose record this is: the present one to themselves and to
    who has to do with them now, else the one of the record, which the actor reads."""
    membership = current().filter(person=record.person_id).first()
    if membership is None:
        return record.branch
    is_near = (
        actor.person_id == record.person_id
        or actor.may(Permission.RECORD_READ, membership.branch.path)
        or registrations(actor).filter(person=record.person_id).exists()
    )
    return membership.branch if is_near else record.branch


def sheet_facts(actor: Actor, sheet: RecordSheet) -> Item:
    """What a sheet says when the actor issues it, of a person of whom something is recorded; for
    the command that issues it."""
    rows = rows_of_past(sheet.community, sheet.person_id, sheet.issued_at)
    latest = rows.order_by("-served_on", "-recorded_at", "-id")[0]
    return {
        **_person_item(sheet.person, branch_shown(actor, latest)),
        **_records_item(standing(between(rows, sheet.since, sheet.until))),
        **_community_item(sheet.community),
        **({"sheet_name": CERTIFICATE} if sheet.certificate else {}),
        "number": sheet.number_text,
        "period": _period(sheet.since, sheet.until),
        "handler": sheet.issued_by,
        "issued_on": clock.local(sheet.issued_at).date(),
    }


def draft_item(person: Person, branch: Organisation, community: Organisation) -> Item:
    """What a community, and those that it took over from, have recorded of a person of this branch
    until today, to be numbered and sealed there."""
    rows = standing(rows_of_past(community, person.pk, clock.now()))
    days = list(rows.order_by("served_on").values_list("served_on", flat=True))
    return {
        **_person_item(person, branch),
        **_records_item(rows),
        **_community_item(community),
        "period": _period(days[0], days[-1]) if days else "",
        "verify_url": verify_url(person.pk),
    }


def rows_of_past(community: Organisation, person_id: UUID, at: datetime) -> Rows:
    """What a community, and those for which it stood at an instant, have recorded of a person; the
    caller may see it."""
    here = Successions.of([person_id]).stood_for(community, person_id, at)
    return record_rows().filter(community__in=here, person=person_id)


def records_of_person(
    actor: Actor, person_id: UUID, permission: Permission = Permission.RECORD_READ
) -> Rows:
    """One person's records on which the actor holds `permission`: those of `records`, and those of
    a community that was split, where the actor holds it on who received the person from there."""
    rows = records(actor, permission).filter(person=person_id)
    successions, now = Successions.of([person_id]), clock.now()
    places = successions.places_of(person_id)
    ours = [place for place in places if actor.may(permission, place.path)]
    ids = {key for place in ours for key in successions.stood_for(place, person_id, now)}
    if ids:
        rows |= record_rows().filter(person=person_id, community__in=ids)
    return on_their_shards(rows, [person_id])


def records_of_year(rows: Rows, year: int) -> Rows:
    """Those of the rows that count and are of a service in this year."""
    return standing(between(rows, date(year, 1, 1), date(year, 12, 31)))


def year_item(
    person: Person, branch: Organisation, records: Collection[ServiceRecord], year: int
) -> Item:
    """The records of a year of one person of this branch, as the reader may see them."""
    places = {row.community.name for row in records}
    return {
        **_person_item(person, branch),
        **_records_item(records),
        "served_year": str(year),
        "as_of": clock.today(),
        "community": places.pop() if len(places) == 1 else "",
        "months": _months(records),
    }


def _months(records: Iterable[ServiceRecord]) -> list[Item]:
    """The hours of each month of a year, up to the last with a service."""
    minutes: Counter[int] = Counter()
    for row in records:
        minutes[row.served_on.month] += row.minutes
    months = range(1, max(minutes, default=0) + 1)
    return [{"name": f"{month}月", "小时": hours_figure(minutes[month])} for month in months]


def _person_item(person: Person, branch: Organisation) -> dict[str, object]:
    unit = unit_of(branch)
    return {
        "name": person.name,
        "volunteer_number": person.number,
        "unit": unit.name,
        "branch": branch.name if unit != branch else "",
    }


def _community_item(community: Organisation) -> dict[str, object]:
    return {"community": community.name, "community_phone": community.contact_phone}


def _records_item(rows: Iterable[ServiceRecord]) -> dict[str, object]:
    records = sorted(rows, key=lambda row: (row.served_on, row.recorded_at, row.id))
    with translation.override("zh-hans"):
        kinds = Kinds()
        lines = [
            {
                "day": paper_text(row.served_on, "day"),
                "time": time_words(row.minutes),
                "category": kinds.of(row),
                "way": row.get_way_display(),
                "result": row.offer_title or row.result,
                "place": row.place,
                "community": row.community.name,
                "origin": origin_words(row),
                "confirmed_by": row.confirmed_by,
            }
            for row in records
        ]
        total = time_words(sum(row.minutes for row in records))
    return {"rows": lines, "records": len(records), "time_served": total}


def _period(since: date, until: date) -> str:
    return f"{paper_text(since, 'day')}至{paper_text(until, 'day')}"


def verify_url(person_id: UUID) -> str:
    """The address behind the code on a person's sheets: the code that is theirs now."""
    token = code_of(person_id)
    return f"{settings.PUBLIC_URL}/r/{token}/" if token else ""
