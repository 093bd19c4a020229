"""The list of talents: entered, taken in, put right, taken out, forgotten."""

from dataclasses import asdict, replace
from uuid import UUID

from baodao.kernel import clock, journal
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.scope import within
from baodao.kernel.stages import move
from baodao.needs.queries.residents import page_by_token
from baodao.notices.commands.complaints import fresh_code
from baodao.notices.commands.notices import Message, announce
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import check_open, places
from baodao.orgs.rules.tree import Kind
from baodao.people.commands.numbers import new_number
from baodao.talents.models import Talent
from baodao.talents.queries.talents import (
    silent_talents,
    talent_by_code,
    talent_of,
    talent_rows,
    talents,
)
from baodao.talents.rules.talents import (
    TALENT,
    TalentEnding,
    TalentFacts,
    TalentState,
    check_talent,
)

FORGOTTEN: dict[str, object] = {
    "name": "",
    "phone_sealed": None,
    "skills": "",
    "free_times": "",
    "words": "",
    "consent": "",
}


@command
def add_talent(actor: Actor, *, community_id: int, facts: TalentFacts) -> Talent:
    """Enter a resident at the window or on a visit, who agreed to it; they are listed at once."""
    rows = within(places(Kind.COMMUNITY), actor, Permission.TALENT_EDIT, "path")
    community = lock(rows, community_id)
    check_open(community)
    talent = _enter(community, facts, TalentState.LISTED, actor.name)
    journal.write(actor, "talent.added", talent.pk, community.pk)
    return talent


@command
def offer_talent(actor: Actor, *, token: str, facts: TalentFacts) -> Talent:
    """Enter oneself on the page of a community, which looks at it. It is nobody's account that
    does, even of somebody signed in. Raises `Absent` for an unknown token."""
    community = page_by_token(token).community
    check_open(community)
    talent = _enter(community, facts, TalentState.OFFERED, "")
    who = NOBODY if actor.account_id else actor
    journal.write(who, "talent.offered", talent.pk, community.pk)
    announce([Message("talent-offered", organisation_id=community.pk, about=talent.pk)])
    return talent


def _enter(community: Organisation, facts: TalentFacts, state: TalentState, by: str) -> Talent:
    kept = asdict(check_talent(facts))
    phone, now = kept.pop("phone"), clock.now()
    return Talent.objects.create(
        code=fresh_code(),
        number=new_number(),
        community=community,
        state=state,
        entered_at=now,
        entered_by=by,
        heard_at=now,
        listed_at=now if state == TalentState.LISTED else None,
        **kept,
        **Talent.phone.columns(phone),
    )


@command
def accept_talent(actor: Actor, *, talent_id: UUID) -> Talent:
    """Take into the list who entered themselves."""
    talent = lock(talents(actor), talent_id)
    move([talent], TalentState.LISTED, clock.now(), listed_at=clock.now())
    journal.write(actor, "talent.listed", talent.pk, talent.community_id)
    return talent


@command
def edit_talent(actor: Actor, *, talent_id: UUID, facts: TalentFacts) -> Talent:
    """Put right what they can do, or how they are reached, which stays where none is told. They
    were asked again, so the consent is that of today."""
    talent = lock(talents(actor), talent_id)
    TALENT.check(talent.state, *TALENT.live)
    kept = asdict(check_talent(replace(facts, phone=facts.phone or talent.phone)))
    talent.phone = kept.pop("phone")
    for name, value in kept.items():
        setattr(talent, name, value)
    talent.heard_at = clock.now()
    talent.save(update_fields=["phone_sealed", "heard_at", *kept])
    journal.write(actor, "talent.edited", talent.pk, talent.community_id)
    return talent


@command
def remove_talent(actor: Actor, *, talent_id: UUID, ending: str) -> Talent:
    """Take somebody out of the list, because they want it or do it no more; what the entry said is
    forgotten, what they served stays under their number."""
    if ending not in (TalentEnding.WITHDRAWN, TalentEnding.REMOVED):
        raise Refused("talent.ending", gettext_noop("Choose why the entry ends."))
    talent = lock(talents(actor), talent_id)
    _end(actor, talent, TalentEnding(ending))
    return talent


@command
def withdraw_talent(actor: Actor, *, code: str) -> Talent:
    """Whoever knows the code takes the consent back, as easily as it was given: the entry is
    forgotten at once. Raises `Absent`."""
    talent = lock(talent_rows(), talent_by_code(code).pk)
    _end(NOBODY if actor.account_id else actor, talent, TalentEnding.WITHDRAWN)
    return talent


@command
def confirm_talent(actor: Actor, *, code: str) -> Talent:
    """Whoever knows the code says that they go on. Raises `Absent`."""
    talent = lock(talent_rows(), talent_by_code(code).pk)
    TALENT.check(talent.state, *TALENT.live)
    talent.heard_at = clock.now()
    talent.save(update_fields=["heard_at"])
    who = NOBODY if actor.account_id else actor
    journal.write(who, "talent.heard", talent.pk, talent.community_id)
    return talent


def _end(actor: Actor, talent: Talent, ending: TalentEnding) -> None:
    move([talent], TalentState.OVER, clock.now(), **ended_columns(ending))
    facts: dict[str, journal.Fact] = {"ending": ending}
    journal.write_many(actor, [journal.Act("talent.ended", talent.pk, talent.community_id, facts)])


def ended_columns(ending: TalentEnding) -> dict[str, object]:
    """What is written of an entry that ends: nothing of whom it was."""
    return FORGOTTEN | {"ending": ending, "ended_at": clock.now()}


@command
def forget_silent(actor: Actor, *, talent_id: UUID) -> None:
    """Forget one of whom nothing was heard for long. Anybody may: what may be kept is not decided
    by who asks."""
    talent = silent_talents().select_for_update(of=("self",), no_key=True).filter(pk=talent_id)
    for row in talent:
        _end(actor, row, TalentEnding.SILENT)


@command
def unmask_talent(actor: Actor, *, talent_id: UUID, reason: str) -> str:
    """The telephone in clear, to ask whether they help; what for stands in the journal."""
    talent = talent_of(actor, talent_id)
    TALENT.check(talent.state, *TALENT.live)
    words = check_purpose(reason)
    journal.write(actor, "talent.unmasked", talent.pk, talent.community_id, reason=words)
    return talent.phone
