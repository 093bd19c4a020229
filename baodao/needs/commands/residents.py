"""Residents' own word on what was done for them, and the page under which they ask."""

from uuid import UUID

from baodao.kernel import clock, ids, journal
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_length
from baodao.kernel.locks import lock
from baodao.kernel.scope import within
from baodao.needs.commands.needs import end_need, look_again
from baodao.needs.models import Need, NeedRating, ResidentPage
from baodao.needs.queries.needs import need_of, need_rows
from baodao.needs.queries.residents import is_shared, need_by_code
from baodao.needs.rules.life import (
    NEED,
    NOT_NEEDED,
    REMARK,
    WAITING,
    AskerWord,
    NeedState,
    check_answerable,
    opening_of,
)
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import Kind, about


@command
def answer_as_asker(actor: Actor, *, code: str, satisfied: str, remark: str = "") -> Need:
    """The asker's own word on a need that was met; "not solved yet" hands it back.

    Whoever knows the code answers, once each time it is met. Raises `Absent`.
    """
    who = NOBODY if actor.account_id else actor
    return _answer(who, need_by_code(code), "need.answered", satisfied, remark)


@command
def withdraw_asked(actor: Actor, *, code: str) -> Need:
    """Whoever knows the code needs it no more; as long as nobody was sent, and nobody else waits
    for the same. Raises `Absent`."""
    need = lock(need_rows(), need_by_code(code).pk)
    NEED.check(need.state, *WAITING)
    if is_shared(need):
        raise Refused(
            "need.shared",
            gettext_noop("Others asked the same and still wait for it; tell your community."),
        )
    end_need(need, NeedState.UNMET, NOT_NEEDED)
    who = NOBODY if actor.account_id else actor
    journal.write(who, "need.withdrawn", need.pk, need.community_id, code=need.code)
    return need


@command
def note_answer(actor: Actor, *, need_id: UUID, satisfied: str, remark: str = "") -> Need:
    """The asker's own word, as the community took it down at the window or on the telephone."""
    need = need_of(actor, Permission.NEED_SCREEN, need_id)
    return _answer(actor, need, "need.noted", satisfied, remark)


def _answer(actor: Actor, need: Need, verb: str, satisfied: str, remark: str) -> Need:
    if satisfied not in set(AskerWord):
        raise Refused("need.word", gettext_noop("Press one of the three buttons."))
    main = lock(need_rows(), need.merged_into_id or need.pk)
    own = main if main.pk == need.pk else lock(need_rows(), need.pk)
    check_answerable(main.state, own.satisfied)
    own.satisfied, own.answered_at = satisfied, clock.now()
    own.remark = check_length(remark.strip(), REMARK)
    own.save(update_fields=["satisfied", "answered_at", "remark"])
    NeedRating.objects.create(need=own, word=satisfied, rated_at=own.answered_at)
    if satisfied == AskerWord.NO:
        _hand_back(actor, main)
    else:
        word = AskerWord(satisfied).words
        journal.write(actor, verb, own.pk, own.community_id, satisfied=word)
    return own


def _hand_back(actor: Actor, main: Need) -> None:
    """The community looks further, and is told."""
    look_again(main)
    journal.write(actor, "need.handed-back", main.pk, main.community_id, code=main.code)
    message = Message(
        "need-handed-back",
        organisation_id=main.community_id,
        about=main.pk,
        facts={"words": opening_of(main.text)},
    )
    announce([message])


@command
def renew_page(actor: Actor, *, community_id: int) -> ResidentPage:
    """Open the residents' page of a community, or give it a new address; the old one ends."""
    rows = within(places(Kind.COMMUNITY), actor, Permission.NEED_SCREEN, "path")
    community = lock(rows, community_id)
    fresh = {"token": ids.new_token(), "renewed_at": clock.now()}
    page, _ = ResidentPage.objects.update_or_create(community=community, defaults=fresh)
    journal.write(actor, "resident-page.renewed", about(community.pk), community.pk)
    return page
