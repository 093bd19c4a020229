"""Files of households in scope: what a community keeps, what of it is due, who read it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from baodao.accounts.queries import is_on
from baodao.accounts.rules import HOUSEHOLD_FILES
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.models import JournalEntry
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import days_ahead, value_of
from baodao.orgs.queries.tree import organisations
from baodao.orgs.rules.tree import Kind
from baodao.residents.models import FileStay, HouseholdFile, SealedHousehold, SupportMeasure
from baodao.residents.queries.entries import pointed_at
from baodao.residents.rules.households import CATEGORIES, READINGS, SupportGrade
from baodao.residents.rules.policies import EXPIRY_DAYS, MEASURES, MORE_CATEGORIES
from baodao.residents.rules.proposals import ProposedMeasure, TakenMeasure, proposals_of

Files = QuerySet[Any]
_PLACE = "community__path"


@dataclass(frozen=True)
class HouseholdStory:
    """A line of a household's story that a slice above tells: the day, what was, and its page."""

    on: date
    words: str
    url: str = ""


StorySource = Callable[[Actor, SealedHousehold], list[HouseholdStory]]
_stories: list[StorySource] = []


def register_stories(source: StorySource) -> None:
    """Let the page of a file tell what a slice above knows of its household; called by the slice
    when it starts."""
    _stories.append(source)


def stories_of(actor: Actor, file: HouseholdFile) -> list[HouseholdStory]:
    """What was done for a household, the latest first, as far as the actor reads it."""
    if file.entry is None:
        return []
    lines = [line for source in _stories for line in source(actor, file.entry)]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def check_on(community: Organisation) -> None:
    """Refuse to read or write files where they are not switched on; deleting asks nothing."""
    if not is_on(HOUSEHOLD_FILES, community):
        raise Refused(
            "household.off",
            gettext_noop(
                "Files of households are not switched on here. The administrators turn them on "
                "once an impact assessment is on file."
            ),
        )


def files(actor: Actor, permission: Permission = Permission.HOUSEHOLD_READ) -> Files:
    """The files of communities where the actor may do so, also those that were deleted."""
    rows = HouseholdFile.objects.select_related("entry", "grid", "community")
    return within(rows, actor, permission, _PLACE)


def living(rows: Files) -> Files:
    """Those of these that were not deleted."""
    return rows.filter(ended_at=None)


def file_in(actor: Actor, file_id: UUID, permission: Permission = Permission.HOUSEHOLD_READ) -> Any:
    """One with which the actor may do so; raises `Absent`."""
    row = with_due(files(actor, permission)).filter(pk=file_id).first()
    if row is None:
        raise Absent("household file")
    return row


def files_in(actor: Actor, community: Organisation) -> Files:
    """The files of a community, each `with_due`."""
    rows: Files = files(actor).filter(community__path__startswith=community.path)
    return with_due(rows)


def with_due(rows: Files) -> Files:
    """The files with the day on which their next measure is `due_on`, and whether they are
    `expiring`: about to be deleted."""
    open_ones = SupportMeasure.objects.filter(file=OuterRef("pk"), ended_at=None).order_by()
    due = open_ones.values("file").annotate(first=Min("due_on")).values("first")
    soon = Q(ended_at=None, kept_until__lte=days_ahead(EXPIRY_DAYS, _PLACE))
    expiring = Case(When(soon, then=Value(True)), default=Value(False), output_field=BooleanField())
    annotated: Files = rows.annotate(due_on=Subquery(due), expiring=expiring)
    return annotated


def file_to_write(
    actor: Actor, file_id: UUID, permission: Permission = Permission.HOUSEHOLD_EDIT
) -> Any:
    """A file of which something is written or read where files are switched on; raises `Absent`.
    One that was deleted says so and takes nothing."""
    row = file_in(actor, file_id, permission)
    check_shown(row.community)
    return row


def check_shown(community: Organisation) -> None:
    """Raise `Absent` where files are not switched on: there is no form and no list then."""
    if not is_on(HOUSEHOLD_FILES, community):
        raise Absent("household files")


def outlines(actor: Actor, community: Organisation) -> QuerySet[FileStay]:
    """Files that a community kept until the family moved to another: number and days, no more."""
    rows = FileStay.objects.filter(until__isnull=False, community__path__startswith=community.path)
    rows = within(rows, actor, Permission.HOUSEHOLD_READ, _PLACE)
    elsewhere = HouseholdFile.objects.filter(pk=OuterRef("file"), community=OuterRef("community"))
    return rows.filter(~Exists(elsewhere)).select_related("file").order_by("-until", "pk")


def present_stays() -> QuerySet[FileStay]:
    """Since when files are kept where they are kept now, for slices above."""
    return FileStay.objects.filter(until=None)


def same_household(community: Organisation, name: str, phone: str) -> QuerySet[HouseholdFile]:
    """Living files of a community whose household has this name, and where both are known this
    telephone: of whom it is asked whether they are the same."""
    rows = living(HouseholdFile.objects.filter(community__path__startswith=community.path))
    named = SealedHousehold.name.equals(name.strip(), "entry__")
    if not phone:
        return rows.filter(named)
    unknown = Q(entry__phone_blind=None)
    return rows.filter(named & (unknown | SealedHousehold.phone.equals(phone, "entry__")))


def numbers_built_upon(rows: Collection[HouseholdFile], community_id: int) -> list[str]:
    """The numbers of those files of which something was made since they were filed: changed, handed
    over, or pointed at by what goes on."""
    acts = journal.entries().filter(about__in=[row.pk for row in rows])
    acts = acts.exclude(verb__in=("household.filed", *READINGS))
    changed = set(acts.values_list("about", flat=True))
    needed = pointed_at([row.entry_id for row in rows if row.entry_id], entries_of_files)
    return [
        row.number
        for row in sorted(rows, key=lambda row: row.number)
        if row.pk in changed or row.entry_id in needed or row.community_id != community_id
    ]


def categories_at(community: Organisation) -> dict[str, str]:
    """The difficulties that may be chosen in a community, codes with their words: those of the
    program and those that its authorities added, which stand as they are."""
    more = value_of(MORE_CATEGORIES, community)
    return dict(CATEGORIES) | {word: word for word in more}


def kept_files() -> Files:
    """Every file that was not deleted, for slices above."""
    return living(HouseholdFile.objects.select_related("community"))


def filed_household(actor: Actor, file_id: UUID) -> Any:
    """A living file of a household for which the actor does something, where files are switched on;
    raises `Absent`."""
    row = file_in(actor, file_id, Permission.HOUSEHOLD_EDIT)
    if row.ended_at is not None or row.entry is None:
        raise Absent("household file")
    check_on(row.community)
    return row


def has_file(household_id: UUID) -> bool:
    """Whether an entry is that of a file, in which it is written."""
    return HouseholdFile.objects.filter(entry=household_id, ended_at=None).exists()


def entries_of_files() -> QuerySet[Any, Any]:
    """The entries of files that are kept."""
    return living(HouseholdFile.objects.filter(entry__isnull=False)).values("entry")


def expired_files() -> list[UUID]:
    """The files whose last day is over."""
    rows = HouseholdFile.objects.filter(ended_at=None, kept_until__lt=clock.today())
    return list(rows.order_by("kept_until", "pk").values_list("pk", flat=True))


def readings_of(file: HouseholdFile) -> QuerySet[JournalEntry]:
    """Who read a file, when and why, for who may read it or is shown it."""
    return journal.timeline(file.pk).filter(verb__in=READINGS)


def measure_in(actor: Actor, measure_id: UUID) -> SupportMeasure:
    """A measure, also one that is over, of a file that the actor keeps; raises `Absent`."""
    mine = living(files(actor, Permission.HOUSEHOLD_EDIT)).order_by().values("pk")
    rows = SupportMeasure.objects.filter(file__in=mine)
    row = rows.select_related("file__community").filter(pk=measure_id).first()
    if row is None:
        raise Absent("measure")
    check_shown(row.file.community)
    return row


def proposals_for(file: HouseholdFile) -> list[ProposedMeasure]:
    """The measures that the authority proposes for the grade of a file and that are not planned."""
    policy = MEASURES.get(SupportGrade(file.grade)) if file.grade else None
    lines = value_of(policy, file.community) if policy else ()
    taken = file.measures.exclude(proposed="").values_list("proposed", "ended_at", "done_on")
    rows = [TakenMeasure(line, ended is None, done) for line, ended, done in taken]
    return proposals_of(lines, rows, clock.today())


def grids_in(actor: Actor, community: Organisation) -> QuerySet[Organisation]:
    """The open grids of a community, in the order of the tree."""
    rows = organisations(actor, Permission.HOUSEHOLD_READ).filter(kind=Kind.GRID, closed_at=None)
    return rows.filter(path__startswith=community.path).order_by("sort", "pk")


def same_names(community: Organisation, names: Collection[str]) -> QuerySet[HouseholdFile]:
    """Living files of a community whose household has one of these names."""
    rows = living(HouseholdFile.objects.filter(community__path__startswith=community.path))
    blinds = [SealedHousehold.name.columns(name)["name_blind"] for name in names]
    return rows.filter(entry__name_blind__in=blinds).select_related("entry").order_by("number")
