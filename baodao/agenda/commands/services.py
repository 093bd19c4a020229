"""What a member does with what they took on: read whom it is for, state it when it is over."""

from dataclasses import replace
from uuid import UUID

from baodao.agenda.queries.claims import own_claim
from baodao.claims.models import Claim
from baodao.claims.queries.seats import check_stays, held_seats
from baodao.claims.rules.lives import CLAIM, SERVING, UNTICKED
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.needs.commands.contacts import AskerContact, disclose_contact
from baodao.needs.rules.life import NeedState
from baodao.offers.queries.answers import needs_of
from baodao.offers.queries.entries import entry_in, minutes_of
from baodao.people.queries.members import lock_persons
from baodao.statements.commands.statements import state_to
from baodao.statements.models import Statement
from baodao.statements.queries.statements import standing_statements


@command
def read_contact(actor: Actor, *, claim_id: UUID) -> AskerContact:
    """Who asked for what the actor has taken on for one person, once it is theirs and until it is
    done. Raises `Absent` where it is for nobody in particular, or over."""
    claim = own_claim(actor, claim_id)
    CLAIM.check(claim.state, *SERVING)
    check_stays(actor, claim.pk)
    need = needs_of(claim.offer).filter(state=NeedState.OPEN).first()
    if not claim.offer.kind.personal or need is None:
        raise Absent("contact")
    return disclose_contact(actor, need_id=need.pk)


@command
def state_claim(actor: Actor, *, claim_id: UUID) -> Statement:
    """State the service of a claim of the actor whose hours are over, for as long as it lasted; its
    community confirms it, wherever the actor is registered, and though the list was closed without
    them."""
    if actor.person_id is None:
        raise Absent("member")
    lock_persons([actor.person_id])
    claim = own_claim(actor, claim_id)
    check_statable(claim, actor.person_id)
    entry = entry_in(claim.offer, actor.person_id, minutes_of(claim.offer))
    entry = replace(entry, way=claim.way)
    return state_to(actor, claim.offer.community, entry)


def check_statable(claim: Claim, person_id: UUID | None) -> None:
    """It is over, the place was held to the end, and nobody has told of it yet: neither a statement
    nor a list, which may be closed without them."""
    unserved = held_seats().filter(claim=claim, person=person_id, served_on=None)
    CLAIM.check(claim.state, *SERVING, *(UNTICKED if unserved.exists() else ()))
    offer = claim.offer
    if offer.ends_at is None or offer.ends_at > clock.now():
        raise Refused(
            "claim.not-over",
            gettext_noop("This %(kind)s is not over yet; state your service afterwards."),
            kind=offer.kind.words.noun,
        )
    if standing_statements().filter(offer_id=offer.pk, person=person_id).exists():
        raise Refused(
            "claim.stated",
            gettext_noop("You have stated this service already; it stands in “My services”."),
        )
