"""One person who was entered twice becomes one, by two: the life of a merge, for how long it can be
undone, and what slices above hand over in their own way."""

from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life

Json = dict[str, Any]

UNDOABLE = timedelta(days=30)
REASON = gettext_noop("Two entries of one person were merged.")
"""The reason kept with facts that are written anew for the merged person; shown translated."""


class MergeState(Code):
    """待确认, 已合并, 未合并, 已撤销."""

    PROPOSED = "proposed", gettext_noop("Merge waits for a second person")
    MERGED = "merged", gettext_noop("Merged")
    DECLINED = "declined", gettext_noop("Not merged")
    UNDONE = "undone", gettext_noop("Merge undone")


MERGE = Life(
    "merge",
    moves={
        MergeState.PROPOSED: {MergeState.MERGED, MergeState.DECLINED},
        MergeState.MERGED: {MergeState.UNDONE},
        MergeState.DECLINED: (),
        MergeState.UNDONE: (),
    },
    refusals={
        MergeState.PROPOSED: gettext_noop("This merge waits for a second person."),
        MergeState.MERGED: gettext_noop("The two were merged already."),
        MergeState.DECLINED: gettext_noop("The two were not merged; propose it once more."),
        MergeState.UNDONE: gettext_noop("The merge was undone; propose it once more."),
    },
)


def check_alike(*, alike: bool, number_wrong: bool) -> None:
    """Refuse two whose numbers say another sex or birthday, unless the number that goes is told to
    be the mistake: nobody has two of either."""
    if not alike and not number_wrong:
        raise Refused(
            "merge.different",
            gettext_noop(
                "Their ID numbers say another sex or date of birth: these are two persons, unless "
                "one number is wrong. If that of the other entry is, say so below; if it is the "
                "one of this entry, begin on the page of the other."
            ),
        )


class MergeStep(Protocol):
    """What a slice hands over otherwise than by renaming the person of its rows.

    `hand_over` returns what `hand_back` needs, as plain JSON under `key`.
    """

    key: str

    def hand_over(self, actor: Actor, kept: UUID, gone: UUID) -> Json: ...

    def hand_back(self, actor: Actor, kept: UUID, gone: UUID, notes: Json) -> None: ...


STEPS: list[MergeStep] = []
"""Every step, as the slices have registered them."""


def register_merges(step: MergeStep) -> None:
    """Add what a slice hands over in its own way."""
    STEPS.append(step)
