"""Lines of judgement as they are typed in a list: one saved on leaving its field, or all sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from baodao.appraisal.commands import drafts
from baodao.appraisal.commands.signatures import Appearance
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import desk_cards
from baodao.appraisal.rules.life import CardState, check_overwrite
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused
from baodao.orgs.requests import acting_community
from baodao.ui.guards import writing
from baodao.ui.interruptions import tell_typed, typed_before
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

PAGE = "appraisal:cards"
"""The page of the list."""

LINE, BEFORE, OUTCOME = "line-", "before-", "outcome-"
"""Beside each draft: the line, the line that the page showed, what the records came to."""


@writing
def line(request: ActorRequest, card_id: UUID) -> HttpResponse:
    """Save one line; answered with what stands beside its field from now on."""
    acting_community(request, Permission.FEEDBACK_DRAFT)
    lines = {card_id: request.POST.get(f"{LINE}{card_id}", "")}
    refused = drafts.judge(request.actor, lines=lines, before=shown_lines(request)).refused
    row = desk_cards(request.actor).get(pk=card_id)
    context = {"row": row, "refused": worded(refused[0][1]) if refused else "", "saved": True}
    return render(request, "appraisal/line.html", context, status=422 if refused else 200)


def typed_lines(request: ActorRequest) -> dict[UUID, str]:
    """The lines that are not as the page showed them; one left empty was not typed."""
    before = shown_lines(request)
    lines = _by_card(request.POST, LINE)
    return {card: line for card, line in lines.items() if _words(line) != before.get(card, "")}


def shown_lines(request: ActorRequest) -> dict[UUID, str]:
    """The line that the page showed, by card."""
    return _by_card(request.POST, BEFORE)


def appearances(request: ActorRequest) -> dict[UUID, Appearance]:
    """What whoever sends the form has before their eyes of each draft, with the lines typed."""
    lines = shown_lines(request) | {
        card: _words(line) for card, line in typed_lines(request).items()
    }
    outcomes = _by_card(request.POST, OUTCOME)
    return {card: Appearance(lines.get(card, ""), came) for card, came in outcomes.items()}


def _words(line: str) -> str:
    return " ".join(line.split())


@dataclass(frozen=True)
class UnsavedLine:
    """A line that was typed and not saved; `refused` says what another wrote meanwhile."""

    line: str
    refused: str


def unsaved_lines(request: ActorRequest, cards: Iterable[FeedbackCard]) -> dict[UUID, UnsavedLine]:
    """The lines that the reader typed on these drafts when the list was not taken; told once."""
    typed = typed_before(request)
    if typed is None:
        return {}
    lines, before = _by_card(typed, LINE), _by_card(typed, BEFORE)
    drafts = [card for card in cards if card.state == CardState.DRAFT and card.pk in lines]
    again = {
        card.pk: _unsaved(card.judgement, before.get(card.pk, ""), _words(lines[card.pk]))
        for card in drafts
        if _words(lines[card.pk]) not in ("", before.get(card.pk, ""), card.judgement)
    }
    if again:
        tell_typed(request)
    return again


def _unsaved(present: str, before: str, typed: str) -> UnsavedLine:
    try:
        check_overwrite(present, before, typed)
    except Refused as refused:
        return UnsavedLine(typed, worded(refused))
    return UnsavedLine(typed, "")


def _by_card(sent: QueryDict, prefix: str) -> dict[UUID, str]:
    """The values of the fields with this prefix; what names no card was not made by our page."""
    fields = [(name, str(value)) for name, value in sent.items() if name.startswith(prefix)]
    try:
        return {UUID(name.removeprefix(prefix)): value for name, value in fields}
    except ValueError as error:
        raise Absent("card") from error
