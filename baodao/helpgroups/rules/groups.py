"""红色帮扶小组: who is in a group, by which households it stands, how either ends, its help.

A group is of a community, most often of one of its grids, with the cadre of the grid, a secretary,
the police contact and members who stand out (网格: the fifth source document). One aide and one
household is one-to-one, several aides are many-to-one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code

NAME, TITLE = 40, 40
"""Characters of a group's name, and of what everybody in it reads of a household."""
MONTH = 30
"""Days among which the visits of a month are spread."""


class AidePart(Code):
    """网格干部, 党组织书记, 社区民警, 骨干党员, 单位代表, 组员."""

    CADRE = "cadre", gettext_noop("Cadre of the grid")
    SECRETARY = "secretary", gettext_noop("Party secretary")
    POLICE = "police", gettext_noop("Community police officer")
    BACKBONE = "backbone", gettext_noop("Member who stands out")
    UNIT = "unit", gettext_noop("For a unit")
    HELPER = "aide", gettext_noop("Aide in the group")


class AideEnding(Code):
    """退出, 调离或离开服务队, 小组撤销."""

    LEFT = "left", gettext_noop("Left the group")
    GONE = "gone", gettext_noop("Is in the unit or the team no longer")
    OVER = "over", gettext_noop("The group was dissolved")


class StandEnding(Code):
    """转交, 困难已解除, 本户意愿, 档案已销或已迁出, 小组撤销."""

    HANDED_OVER = "handed-over", gettext_noop("Handed over to another group")
    HELPED = "helped", gettext_noop("No longer in difficulty")
    WISH = "wish", gettext_noop("The household wishes it")
    GONE = "gone", gettext_noop("The file is not kept here any more")
    OVER = "over", gettext_noop("The group was dissolved")


BY_HAND = (StandEnding.HELPED, StandEnding.WISH)
"""For these somebody ends that a group stands by a household."""


class HelpWords(Code):
    """上门看望, 电话问候, 代办跑腿, 打扫整理, 陪同就医, 小修小补, 其他."""

    COMPANY = "company", gettext_noop("Visited them at home")
    CALL = "call", gettext_noop("Asked by telephone how they are")
    ERRAND = "errand", gettext_noop("Ran an errand for them")
    CLEANING = "cleaning", gettext_noop("Cleaned and tidied up")
    CLINIC = "clinic", gettext_noop("Went to the doctor with them")
    REPAIR = "repair", gettext_noop("Repaired something small")
    OTHER = "other", gettext_noop("Another help, as written below")


@dataclass(frozen=True)
class AideFacts:
    """Who joins: a member by their id, or by `name` somebody who is none, such as the police
    officer."""

    part: str
    person_id: UUID | None = None
    name: str = ""


def check_name(name: str) -> str:
    """A group's name without outer spaces; refused where it is empty."""
    words = name.strip()
    if not words:
        raise Refused("help-group.name", gettext_noop("Give the group a name."))
    return words[:NAME]


def check_title(title: str) -> str:
    """What is read of a household, without outer spaces; refused where it is empty."""
    words = title.strip()
    if not words:
        raise Refused(
            "help-group.title",
            gettext_noop("Say in words that name nobody which household it is."),
        )
    return words[:TITLE]


def check_group_open(ended_at: datetime | None) -> None:
    """Refuse what is done with a group that is dissolved."""
    if ended_at is not None:
        raise Refused("help-group.over", gettext_noop("This group is dissolved; its days stay."))


def check_aide_stays(ended_at: datetime | None) -> None:
    """Refuse to let somebody go who left."""
    if ended_at is not None:
        raise Refused("help-group.left", gettext_noop("They are in the group no longer."))


def check_stands(ended_at: datetime | None) -> None:
    """Refuse what is done with a household by which the group stands no longer."""
    if ended_at is not None:
        raise Refused(
            "help-group.ended", gettext_noop("The group stands by this household no longer.")
        )


def check_aide(facts: AideFacts) -> None:
    """Refuse nobody, somebody twice named, and a part that there is not."""
    if facts.part not in set(AidePart):
        raise Refused("help-group.part", gettext_noop("Choose what they are in the group."))
    if (facts.person_id is None) == (not facts.name.strip()):
        raise Refused(
            "help-group.who",
            gettext_noop("Name a member, or write the name of somebody who is none: one of both."),
        )


def help_text(kind: str, more: str, words: Sequence[tuple[str, str]]) -> str:
    """What is kept of a help: its kind in the `words` given, and what was written beside it;
    refused where neither says anything."""
    kinds = dict(words)
    if kind not in kinds or (kind == HelpWords.OTHER and not more.strip()):
        raise Refused("help-group.words", gettext_noop("Say in a few words what was done."))
    label = "" if kind == HelpWords.OTHER else kinds[kind]
    return "；".join(filter(None, (label, more.strip())))


def next_visit(last: date, per_month: int) -> date | None:
    """When a household is to be visited next that was visited last on a day and is to be visited so
    often a month; None where its grade asks for none."""
    return last + timedelta(days=MONTH // per_month) if per_month else None


STORIES: dict[str, str] = {
    "help-group.founded": gettext_noop("Group founded"),
    "help-group.took-on": gettext_noop("Stands by “%(title)s” from now on"),
    "help-group.handed-over": gettext_noop("Handed “%(title)s” over to %(group)s"),
    "help-group.ended": gettext_noop("Stands by “%(title)s” no longer"),
    "help-group.dissolved": gettext_noop("Group dissolved"),
}
"""What the journal's verbs say on the page of a group."""
