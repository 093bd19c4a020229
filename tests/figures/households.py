"""A past of files of households and of help groups, and a slow count of their figures."""

from collections import Counter
from datetime import date, datetime, timedelta

from baodao.helpgroups.models import GroupHousehold, HelpGroup
from baodao.kernel import clock
from baodao.kernel.moments import AsOf, Period
from baodao.orgs.models import Organisation
from baodao.residents.models import FileStay, HouseholdFile
from tests.figures.histories import History

CODES = (
    *("household_files", "household_files_closed"),
    *("help_groups", "group_households"),
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
    }


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
