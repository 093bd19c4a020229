"""A past of files of households, of help groups and their help, and a slow count of their
figures."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from baodao.helpgroups.models import GroupHelp, GroupHousehold, HelpGroup
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, Period
from baodao.ledger.commands.records import append
from baodao.ledger.models import ServiceRecord
from baodao.ledger.rules.records import Entry
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.residents.models import FileStay, HouseholdFile
from baodao.statements.models import Statement
from tests.figures.histories import CLERK, History
from tests.figures.services import ON_THE_LIST, reverse

CODES = (
    *("household_files", "household_files_closed"),
    *("help_groups", "group_households", "group_helps"),
)


def stand_by_households(history: History) -> None:
    """Each community files seven households more, by which a group of its own stands; of those
    before six are closed and one was filed by mistake, and their group is no more. It throws no
    dice."""
    with clock.at(history.now):
        for place in history.communities:
            _close(history, place)
            group = HelpGroup.objects.create(
                community=place, name=f"帮扶小组{history.now:%j}", founded_by="安静"
            )
            for number in range(7):
                file = HouseholdFile.objects.create(
                    number=f"{place.pk}-{history.now:%j}-{number}", community=place,
                    kept_until=clock.today() + timedelta(days=900), filed_by="安静",
                )  # fmt: skip
                FileStay.objects.create(file=file, community=place)
                GroupHousehold.objects.create(
                    group=group, community=place, file_number=file.number, title="老人"
                )


def help_households(history: History) -> None:
    """Each household by which a group stands is helped once more, and in each community five helps
    of before are taken back. It throws no dice."""
    with clock.at(history.now):
        for place in history.communities:
            for record in _helped(place)[-5:]:
                reverse(record)
            stands = GroupHousehold.objects.filter(community=place, ended_at=None)
            for stand, person in zip(stands.order_by("pk"), history.people, strict=False):
                _help(stand, person)


def _help(stand: GroupHousehold, person: Person) -> None:
    """Somebody of the group was there, which the community confirmed."""
    place = stand.community
    minutes = 30 + GroupHelp.objects.count()
    told: dict[str, Any] = {"served_on": clock.today(), "minutes": minutes, "category": "relief"}
    service = Entry(person.pk, way="pairing", **told)
    [record] = append(CLERK, entries={place: [service]}, confirmed=ON_THE_LIST).done
    statement = Statement.objects.create(
        person=person, community=place, way="pairing", state="confirmed", record_id=record.id,
        **told,
    )  # fmt: skip
    GroupHelp.objects.create(statement=statement, stand=stand)


def _close(history: History, place: Organisation) -> None:
    """The files and the group of the time before."""
    over = {"ended_at": history.now}
    files = list(HouseholdFile.objects.filter(community=place, ended_at=None).order_by("number"))
    for number, file in enumerate(files[:7]):
        ending = "helped" if number else "undone"
        HouseholdFile.objects.filter(pk=file.pk).update(**over, ending=ending)
        FileStay.objects.filter(file=file).update(until=history.now)
        stands = GroupHousehold.objects.filter(file_number=file.number)
        stands.update(**over, ending="gone")
    HelpGroup.objects.filter(community=place, ended_at=None).update(**over)


def _helped(place: Organisation) -> list[ServiceRecord]:
    """The records of help by groups of a community that nobody took back, the oldest first."""
    told = GroupHelp.objects.filter(stand__community=place).values("statement__record_id")
    rows = ServiceRecord.objects.filter(community=place, id__in=told, reversal=None)
    return list(rows.order_by("seq"))


def household_figures(within: set[int], as_of: AsOf, period: Period) -> Counter[str]:
    """Groups as they are, all else in whole fives of each community by whole quarters."""
    figures = Counter(dict.fromkeys(CODES, 0))
    cut = _quarter_begins(clock.local(as_of.instant).date())
    for place in Organisation.objects.filter(pk__in=within, kind="community"):
        for code, count in _of(place, cut, period).items():
            figures[code] += count - count % 5
        for row in HelpGroup.objects.filter(community=place, founded_at__lt=as_of.instant):
            figures["help_groups"] += row.ended_at is None or row.ended_at >= as_of.instant
    return figures


def _of(place: Organisation, cut: date, period: Period) -> dict[str, int]:
    at, days = _instant(cut), _quarter_days(period, cut)
    ended = HouseholdFile.objects.filter(community=place).exclude(ending="undone")
    helps = GroupHelp.objects.filter(stand__community=place).select_related("statement")
    return {
        "household_files": sum(
            _holds(row.since, row.until, at) for row in FileStay.objects.filter(community=place)
        ),
        "household_files_closed": sum(
            row.ended_at is not None and clock.local(row.ended_at).date() in days for row in ended
        ),
        "group_households": sum(
            _holds(row.taken_at, row.ended_at, at)
            for row in GroupHousehold.objects.filter(community=place)
        ),
        "group_helps": sum(_given(row.statement, at, days) for row in helps),
    }


def _given(statement: Statement, at: datetime, days: set[date]) -> bool:
    """Whether the record of a help was of these days, and stood at an instant."""
    rows = ServiceRecord.objects.filter(community=statement.community, recorded_at__lt=at)
    of_it = Q(id=statement.record_id) | Q(reverses=statement.record_id)
    return statement.served_on in days and rows.filter(of_it).count() == 1


def _holds(since: datetime, until: datetime | None, at: datetime) -> bool:
    return since < at and (until is None or until >= at)


def after_the_quarter(history: History) -> AsOf:
    """An instant of the next quarter, as of which this one is over."""
    return AsOf(_instant(_quarter_begins(history.now.date() + timedelta(days=92))))


def _quarter_begins(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _quarter_days(period: Period, cut: date) -> set[date]:
    """The days before `cut` of the quarters that lie wholly within a period."""
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    found = Counter(_quarter_begins(day) for day in days)
    whole = {first for first, count in found.items() if count >= 90 + (first.month > 6) * 2}
    return {day for day in days if _quarter_begins(day) in whole and day < cut}


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.ZONE)
