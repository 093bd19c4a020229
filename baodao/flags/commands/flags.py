"""Noting what looks bought or invented, and what people say of it."""

from collections.abc import Collection
from uuid import UUID

from baodao.documents.sheets import paper_text
from baodao.flags.models import Flag, FlagHead
from baodao.flags.queries.contexts import contexts, unread_parts
from baodao.flags.queries.flags import Flags, flag_of, flags, flags_to_explain
from baodao.flags.rules.life import MOST_EXPLANATION, FlagState, check_answerer, check_standing
from baodao.flags.rules.patterns import grounds_of
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.orgs.queries.tree import standing_of

PORTION = 100_000
"""Records to a transaction: a worker that is killed repeats no more than these."""


@command
def note_flags(
    actor: Actor,  # noqa: ARG001
    *,
    community_ids: Collection[int] | None = None,
    most: int = PORTION,
) -> int:
    """Look through what was recorded since the last time, everywhere or in these communities, and
    note what looks bought or invented, each record once; returns how many were looked through.

    Chains have no gaps and are written in order, so nothing is left out however late it runs.
    Anybody may ask: no fact changes, and nobody learns anything.
    """
    parts = unread_parts(most, community_ids)
    heads = [FlagHead(community_id=part.community_id) for part in parts]
    FlagHead.objects.bulk_create(heads, ignore_conflicts=True)
    rows = FlagHead.objects.select_for_update().order_by("pk")
    places = dict(rows.filter(pk__in=[head.pk for head in heads]).values_list("pk", "seq"))
    parts = [part for part in parts if places[part.community_id] == part.after]
    if not parts:
        return 0
    now = clock.now()
    fresh = [
        Flag(community_id=community, record_id=record, patterns=grounds, noted_at=now)
        for community, record, context in contexts(parts)
        if (grounds := grounds_of(context))
    ]
    Flag.objects.bulk_create(fresh, batch_size=2_000, ignore_conflicts=True)
    reached = [FlagHead(community_id=part.community_id, seq=part.until) for part in parts]
    FlagHead.objects.bulk_update(reached, ["seq"])
    return sum(part.until - part.after for part in parts)


@command
def dismiss(actor: Actor, *, flag_id: UUID, reason: str) -> Flag:
    """Say that a record is in order, and why: a human's word, which ends the flag."""
    why = check_reason(reason)
    flag = _locked(flags(actor), flag_id)
    now = clock.now()
    move([flag], FlagState.DISMISSED, now, reason=why, dismissed_by=actor.name, dismissed_at=now)
    journal.write(actor, "flag.dismissed", flag.record_id, flag.community_id, reason=why)
    return flag


@command
def ask_about(actor: Actor, *, flag_id: UUID, question: str) -> Flag:
    """Ask the community to explain a record, or to put it right; asked again where its explanation
    was not enough. Refused where it was closed and nobody took over its work."""
    words = check_reason(question)
    flag = _locked(flags(actor), flag_id)
    check_answerer(flag.community.name, is_closed=standing_of(flag.community).closed_at is not None)
    now = clock.now()
    move([flag], FlagState.ASKED, now, question=words, asked_by=actor.name, asked_at=now)
    journal.write(actor, "flag.asked", flag.record_id, flag.community_id, reason=words)
    announce([_message("flag-asked", flag, flag.community_id, words)])
    return flag


@command
def explain(actor: Actor, *, flag_id: UUID, explanation: str) -> Flag:
    """Explain a record of one's community about which the authority above has asked."""
    words = check_reason(explanation, MOST_EXPLANATION)
    flag = _locked(flags_to_explain(actor), flag_id)
    now = clock.now()
    move(
        [flag],
        FlagState.EXPLAINED,
        now,
        explanation=words,
        explained_by=actor.name,
        explained_at=now,
    )
    journal.write(actor, "flag.explained", flag.record_id, flag.community_id, reason=words)
    community = standing_of(flag.community)
    above = community.parent_id or community.pk
    announce([_message("flag-explained", flag, above, words)])
    return flag


def _locked(rows: Flags, flag_id: UUID) -> Flag:
    """One of these rows, locked; its record stands. The flag is locked alone and then fetched with
    its record, which a cluster does not lock together."""
    lock(Flag.objects.all(), flag_id)
    flag: Flag = flag_of(rows, flag_id)
    check_standing(is_reversed=getattr(flag, "undone", False))
    return flag


def _message(kind: str, flag: Flag, organisation_id: int, words: str) -> Message:
    facts: dict[str, NoticeFact] = {
        "community": flag.community.name,
        "on": paper_text(flag.record.served_on, "day"),
        "reason": words,
    }
    return Message(kind, organisation_id=organisation_id, about=flag.pk, facts=facts)
