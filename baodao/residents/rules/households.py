"""民情档案: what a household's file says, on which basis, until when, and why it is over.

A file is of people in difficulty: each is kept on consent or on a duty of the community by law
(个人信息保护法第十三条), for a time that is set (第十九条), and what concerns children under
fourteen is guarded by a right of its own (第二十八条、第三十一条).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.people.rules.names import NOT_WHOLE, is_whole, name_of
from baodao.residents.rules.entries import HouseholdEntry, check_free_words

RELATION, MEASURE, BASIS, DOER = 20, 200, 200, 60
"""Characters of a relation's words, of a measure or its outcome, of a basis, of who does it."""
CHILD_AGE = 14
BASE = 5
"""Above the community files are told in steps of so many."""
OLDEST = 120
MOST_PEOPLE = 30

CATEGORIES: Mapping[str, str] = {
    "minimum": gettext_noop("Receives the minimum living allowance"),
    "destitute": gettext_noop("Supported as destitute"),
    "margin": gettext_noop("On the margin of the minimum living allowance"),
    "illness": gettext_noop("Serious illness in the family"),
    "disability": gettext_noop("Disability in the family"),
    "alone": gettext_noop("Elderly and living alone"),
    "child": gettext_noop("Child in difficulty"),
    "bereaved": gettext_noop("Lost their only child"),
    "veteran": gettext_noop("Veteran or veteran's family"),
    "jobless": gettext_noop("Nobody in the family has work"),
    "other": gettext_noop("Another difficulty"),
}
"""困难类别 that come with the program; an authority adds its own (`household.more_categories`)."""


class SupportGrade(Code):
    """帮扶等级: 重点帮扶, 经常联系, 一般关注. How often a household is visited follows from it."""

    CLOSE = "close", gettext_noop("Close support")
    REGULAR = "regular", gettext_noop("Regular contact")
    LIGHT = "light", gettext_noop("Light contact")


class Relation(Code):
    """与户主关系: 户主, 配偶, 子女, 父母, 孙辈, 其他."""

    HEAD = "head", gettext_noop("Head of the household")
    SPOUSE = "spouse", gettext_noop("Husband or wife")
    CHILD = "child", gettext_noop("Son or daughter")
    PARENT = "parent", gettext_noop("Father or mother")
    GRANDCHILD = "grandchild", gettext_noop("Grandchild")
    OTHER = "other", gettext_noop("Other relation")


class BasisKind(Code):
    """建档依据: 本人同意, 法定职责."""

    CONSENT = "consent", gettext_noop("Consent of the household")
    DUTY = "duty", gettext_noop("Duty by law")


class MeasureKind(Code):
    """帮扶措施: 申请救助, 就医用药, 就业, 就学, 房屋修缮和适老化改造, 心理关怀, 生活照料, 其他."""

    AID = "aid", gettext_noop("Apply for aid")
    HEALTH = "health", gettext_noop("Medical care")
    WORK = "work", gettext_noop("Work")
    SCHOOL = "school", gettext_noop("School")
    HOME = "home", gettext_noop("Repairs and fittings at home")
    COMFORT = "comfort", gettext_noop("Company and comfort")
    CARE = "care", gettext_noop("Help in daily life")
    OTHER = "other", gettext_noop("Other help")


class FileEnding(Code):
    """销档原因: 本人要求, 困难已解除, 迁出本市, 保存期满, 撤销导入."""

    WISH = "wish", gettext_noop("The household asked for it")
    HELPED = "helped", gettext_noop("No longer in difficulty")
    GONE = "gone", gettext_noop("Moved out of the city")
    EXPIRED = "expired", gettext_noop("Its day of deletion came")
    UNDONE = "undone", gettext_noop("The table that it came from was undone")


BY_HAND = (FileEnding.WISH, FileEnding.HELPED, FileEnding.GONE)
"""For these somebody deletes a file; the others come by themselves."""


@dataclass(frozen=True)
class FileBasisFacts:
    """On what a file rests: consent or a duty, the wording or the document, the day, and until when
    the file may be kept."""

    kind: str
    text: str
    given_on: date
    kept_until: date


@dataclass(frozen=True)
class SupportFacts:
    """What is decided of a household: its difficulties, its grade, its grid."""

    categories: Sequence[str]
    grade: str
    grid_id: int | None = None


@dataclass(frozen=True)
class ResidentFacts:
    """Somebody of a household: name, year of birth, relation to its head."""

    name: str
    born: int
    relation: str


@dataclass(frozen=True)
class HouseholdFacts:
    """A household as a table tells it: who it is, what is decided of it, its people."""

    entry: HouseholdEntry
    support: SupportFacts
    people: Sequence[ResidentFacts] = ()


@dataclass(frozen=True)
class MeasureFacts:
    """What is to be done for a household, by whom and until when; `proposed` as which line of the
    authority's dictionary."""

    kind: str
    text: str
    due_on: date
    doer: str
    proposed: str = ""


def check_living(ended_at: datetime | None) -> None:
    """Refuse what is done with a file once it was deleted."""
    if ended_at is not None:
        raise Refused("household.ended", gettext_noop("This file was deleted; its days stay."))


def check_measure_open(ended_at: datetime | None, done_on: date | None) -> None:
    """Refuse what is done with a measure once it was done, or dropped."""
    if done_on is not None:
        raise Refused("household.measure-over", gettext_noop("This measure is done already."))
    if ended_at is not None:
        raise Refused("household.measure-over", gettext_noop("This measure was dropped."))


def check_support(facts: SupportFacts, categories: Collection[str]) -> None:
    """Refuse difficulties that the dictionary in force does not have, none at all, or a grade that
    there is not."""
    if not facts.categories or set(facts.categories) - set(categories):
        raise Refused("household.category", gettext_noop("Choose what is difficult for them."))
    if facts.grade not in set(SupportGrade):
        raise Refused("household.grade", gettext_noop("Choose a grade of support."))


def check_basis(facts: FileBasisFacts, today: date, most_days: int) -> None:
    """Refuse a file without a basis in words, of a day to come, or kept longer than may be."""
    if facts.kind not in set(BasisKind) or not facts.text.strip():
        raise Refused(
            "household.basis",
            gettext_noop("Say on which consent or on which document the file rests."),
        )
    check_free_words(facts.text)
    if facts.given_on > today:
        raise Refused("household.basis-day", gettext_noop("The basis is of a day to come."))
    if not today < facts.kept_until <= today + timedelta(days=most_days):
        raise Refused(
            "household.kept-until",
            gettext_noop("A file is kept until a day from tomorrow to %(most)s days from now."),
            most=most_days,
        )


def usual_days(grade: str) -> int:
    """For how many days a file is kept unless somebody says otherwise: who needs more support needs
    it longer."""
    years = {SupportGrade.CLOSE: 3, SupportGrade.REGULAR: 2}
    return 365 * years.get(SupportGrade(grade), 1)


def check_resident(facts: ResidentFacts, year: int) -> None:
    """Refuse somebody without a whole name, or born in a year in which nobody was who lives."""
    if not facts.name.strip() or facts.relation not in set(Relation):
        raise Refused("household.person", gettext_noop("Write a name and choose the relation."))
    check_name(facts.name)
    if not year - OLDEST <= facts.born <= year:
        raise Refused(
            "household.born",
            gettext_noop("Write a year of birth from %(first)s to %(last)s."),
            first=year - OLDEST,
            last=year,
        )


def check_name(name: str) -> None:
    """Refuse a name that is covered in part, or a form of address in its place: 高某某, 高大妈."""
    if not is_whole(name_of(name)):
        raise Refused("household.name", NOT_WHOLE)


def check_another(facts: ResidentFacts, others: Collection[tuple[str, int]]) -> None:
    """Refuse somebody whose name and year of birth are those of one who is in the household."""
    if (facts.name.strip(), facts.born) in others:
        raise Refused(
            "household.person-twice",
            gettext_noop(
                "%(name)s, born in %(born)s, is in this household already. Of two of one name and "
                "one year write what tells them apart behind one name, like 大 and 小."
            ),
            name=facts.name,
            born=facts.born,
        )


def is_child(born: int, year: int) -> bool:
    """Whether somebody may be younger than fourteen, whatever their birthday."""
    return year - born <= CHILD_AGE


def told_count(count: int) -> int:
    """What is told above the community of so many files in it: at least so many.

    Nobody may learn from it that a household has a file, not from the figures of two days or of
    two places either. So each community is told as the next lower multiple of five, as of the end
    of a quarter, and a place above is the sum of what is told of its communities: every figure
    follows from those, and what two of them differ by is nothing or at least five. The
    metrics of files are of the same kind, and their rows say the community alone.
    """
    return count - count % BASE


def check_measure(facts: MeasureFacts, today: date) -> None:
    """Refuse a measure that says nothing, has nobody who does it, or was due before today."""
    if facts.kind not in set(MeasureKind) or not facts.text.strip() or not facts.doer.strip():
        raise Refused("household.measure", gettext_noop("Say what is to be done, and who does it."))
    if facts.due_on < today:
        raise Refused("household.measure-day", gettext_noop("Choose a day from today on."))


STORIES = {
    "household.filed": gettext_noop("File made"),
    "household.rewritten": gettext_noop("Name, telephone, address or hardship written anew"),
    "household.classified": gettext_noop("Difficulties, grade or grid set"),
    "household.basis-renewed": gettext_noop("Basis renewed, version %(version)s"),
    "household.person-added": gettext_noop("Somebody of the household added"),
    "household.person-removed": gettext_noop("Somebody of the household removed"),
    "household.measure-planned": gettext_noop("Measure planned"),
    "household.measure-done": gettext_noop("Measure done"),
    "household.measure-dropped": gettext_noop("Measure dropped"),
    "household.moved": gettext_noop("File handed over to %(community)s"),
    "household.opened": gettext_noop("File opened and read"),
    "household.aide-opened": gettext_noop("Read by somebody of its help group"),
    "household.children-opened": gettext_noop("What the file says of children read"),
    "household.shown": gettext_noop("File shown to the household"),
    "household.deleted": gettext_noop("File deleted"),
}
"""What the journal's verbs say on the page of a file."""

READINGS = (
    "household.opened",
    "household.aide-opened",
    "household.children-opened",
    "household.shown",
)
"""The log of who read a file, which the household is shown."""
