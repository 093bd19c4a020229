"""What of opinions waits for somebody, as first pages ask it."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from baodao.kernel import clock
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.prepared import Prepared
from baodao.kernel.questions import Question, together
from baodao.kernel.scope import within
from baodao.opinions.models import OpinionAnswer, OpinionRound, OpinionSheet
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import ids_below, worked_for


class WaitingSheet(NamedTuple):
    """A sheet on which a unit or a community is to write: who asked, and its link."""

    asker: str
    token: str


class WaitingOpinions(NamedTuple):
    """What waits for a unit or a community: sheets to answer, replies of which it has to say
    whether they settle it, and opinions given to it that have no reply, each by its round."""

    sheets: Sequence[WaitingSheet]
    replies: Sequence[WaitingSheet]
    unreplied: Sequence[UUID]


def waiting_opinions(actor: Actor, place: Organisation) -> Question[WaitingOpinions]:
    """Everything of opinions that waits for who acts for a place."""
    return together(
        WaitingOpinions,
        sheets=_SHEETS.question(actor, place).then(_read),
        replies=_REPLIES.question(actor, place).then(_read),
        unreplied=_UNREPLIED.question(actor, place),
    )


def _read(rows: list[tuple[Any, ...]]) -> list[WaitingSheet]:
    return [WaitingSheet(*row) for row in rows]


def unreplied_rounds(actor: Actor, place: Organisation) -> Question[int]:
    """How many rounds at and below a place have an opinion without a reply."""
    return _ROUNDS.number(actor, place)


def unreplied_answers() -> QuerySet[OpinionAnswer]:
    """Opinions in words, given with a name, to which nobody has replied; not those given to what
    is gone, for nobody could."""
    rows = OpinionAnswer.objects.filter(worked_for("round__asker"), sheet__isnull=False)
    return rows.filter(replied_at=None).exclude(text="")


def _own(actor: Actor, place: Organisation) -> QuerySet[OpinionSheet]:
    rows = OpinionSheet.objects.filter(organisation__in=ids_below(place.path))
    return within(rows, actor, Permission.OPINION_ASK, "organisation__path")


def _to_answer(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    open_now = {"round__ended_at": None, "round__due_on__gte": clock.today()}
    rows = _own(actor, place).filter(answered_at=None, **open_now)
    return rows.order_by("round__due_on", "pk").values_list("round__asker__name", "token")


def _to_settle(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    """What is left to say to who asked, as long as somebody there would hear it."""
    rows = _own(actor, place).filter(answer__replied_at__isnull=False, answer__settled=None)
    rows = rows.filter(worked_for("round__asker"))
    return rows.order_by("answer__replied_at", "pk").values_list("round__asker__name", "token")


def _to_reply(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = unreplied_answers().filter(round__asker__in=ids_below(place.path))
    rows = within(rows, actor, Permission.OPINION_ASK, "round__asker__path")
    return rows.order_by("answered_on", "pk").values_list("round", flat=True)


def _rounds(actor: Actor, place: Organisation) -> QuerySet[Any, Any]:
    rows = within(OpinionRound.objects.all(), actor, Permission.OPINION_READ, "asker__path")
    rows = rows.filter(asker__in=ids_below(place.path), pk__in=unreplied_answers().values("round"))
    return rows.values_list("pk")


_SHEETS, _REPLIES = Prepared(_to_answer), Prepared(_to_settle)
_UNREPLIED, _ROUNDS = Prepared(_to_reply), Prepared(_rounds)
