"""A wrong identity number put right: proposed by one, confirmed by another who read the card."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from baodao.identities.commands.checks import end_checks
from baodao.identities.commands.news import tell_units
from baodao.identities.models import IdentityCorrection
from baodao.identities.queries.contests import member_to_decide, parties
from baodao.identities.queries.corrections import waiting_corrections
from baodao.identities.rules.checks import IdentityEvent
from baodao.identities.rules.corrections import CorrectionState, check_evidence
from baodao.kernel import clock, journal
from baodao.kernel.actors import check_second
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.stages import move
from baodao.people.commands.endings import EndingRows
from baodao.people.commands.numbers import (
    CONTESTED,
    about_number,
    pass_number_on,
    take_number,
    write_identity,
)
from baodao.people.commands.proofs import StatedIdentity, issued, proven
from baodao.people.models import Membership, Person
from baodao.people.queries.members import lock_persons, locked_persons
from baodao.people.queries.numbers import entries_of, is_called
from baodao.people.queries.relations import going_on_as
from baodao.people.rules.departures import Departure
from baodao.people.rules.identity import Identity
from baodao.people.rules.identity_documents import IdentityDocument


@command
def propose_number(
    actor: Actor,
    *,
    person_id: UUID,
    id_number: str,
    reason: str,
    evidence: str,
    stated: StatedIdentity | None = None,
) -> IdentityCorrection:
    """Say what the identity number of a member is in truth; another account confirms it. `stated`
    says whose number it is if it is not that of an identity card.

    Whether somebody else holds the number is not looked for. The number that is kept already may be
    proposed by who settles whose it is: confirmed, it is held by this member.
    """
    why, source = check_reason(reason), check_evidence(evidence)
    identity = proven(id_number, stated)
    document, issuer = issued(id_number, stated)
    assert identity.born_on is not None
    lock_persons([person_id])
    membership = member_to_decide(actor, Permission.PERSON_EDIT, person_id)
    settles = membership.person.contested_at is not None and person_id in parties(actor)
    if not settles and _is_kept(membership.person, identity, document, issuer):
        raise Refused("correction.same", gettext_noop("This is the number that is kept already."))
    if IdentityCorrection.objects.filter(person=person_id, state=CorrectionState.PROPOSED).exists():
        raise IdentityCorrection.life.refusal(CorrectionState.PROPOSED)
    correction = IdentityCorrection(
        person_id=person_id,
        id_document=document,
        id_issuer=issuer,
        sex=identity.sex,
        born_on=identity.born_on,
        reason=why,
        evidence=source,
        proposed_by=actor.name,
        proposed_account=actor.account_id,
    )
    correction.number = identity.number
    correction.save(force_insert=True)
    facts = {"reason": why, "evidence": source}
    journal.write(actor, "identity.proposed", person_id, membership.branch_id, **facts)
    return correction


@command
def confirm_number(actor: Actor, *, correction_id: UUID, id_number: str) -> Person:
    """Put the number right, by another account, which types it once more from the card
    or the other document.

    Sex and birthday follow the number, or are what was proposed with it. Who proposed it, or
    is tied to who did, cannot confirm it. One that somebody of the same name holds is refused; one
    that somebody of another name holds is kept and contested, which is not told.
    """
    rows = waiting_corrections(actor).filter(pk=correction_id)
    lock_persons(rows.values_list("person", flat=True))
    correction = lock(waiting_corrections(actor), correction_id)
    check_second(actor, correction.proposed_account)
    stated = _stated(correction)
    identity, issuer = proven(id_number, stated), issued(id_number, stated)[1]
    if (identity.number, issuer) != (correction.number, correction.id_issuer):
        raise Refused(
            "correction.differs",
            gettext_noop("This is not the number that was proposed. Compare both with the card."),
        )
    membership = member_to_decide(actor, Permission.PERSON_EDIT, correction.person_id)
    (person,) = locked_persons([correction.person_id])
    is_contested = _put_right(correction, person, identity)
    _decide(actor, correction, CorrectionState.CONFIRMED)
    facts = {"reason": correction.reason, "evidence": correction.evidence}
    journal.write(actor, "identity.confirmed", person.pk, membership.branch_id, **facts)
    if is_contested:
        journal.write(actor, CONTESTED, about_number(identity.number), membership.branch_id, rows=1)
    if correction.before != correction.number:
        _tell_of(actor, correction, membership)
    return person


def _tell_of(actor: Actor, correction: IdentityCorrection, membership: Membership) -> None:
    """Let whoever asked for the correction be told, and the unit, where another confirmed it."""
    end_checks(membership)
    if not actor.may(Permission.PERSON_EDIT, membership.branch.path):
        tell_units(IdentityEvent.MENDED_ABOVE, [(correction.pk, membership)])


@command
def decline_number(actor: Actor, *, correction_id: UUID) -> IdentityCorrection:
    """Leave the number as it is; who proposed the new one may take it back so, too."""
    correction = lock(waiting_corrections(actor), correction_id)
    membership = member_to_decide(actor, Permission.PERSON_EDIT, correction.person_id)
    _decide(actor, correction, CorrectionState.DECLINED)
    journal.write(actor, "identity.declined", correction.person_id, membership.branch_id)
    return correction


def _stated(correction: IdentityCorrection) -> StatedIdentity | None:
    """What was proposed beside the number, of another document than a card."""
    if correction.id_document == IdentityDocument.CARD:
        return None
    return StatedIdentity(
        IdentityDocument(correction.id_document),
        correction.sex,
        correction.born_on,
        correction.id_issuer,
    )


def _is_kept(person: Person, identity: Identity, document: IdentityDocument, issuer: str) -> bool:
    """Whether all of it is kept already: the number of the same document, sex and birthday."""
    proposed = (document, issuer, identity.sex, identity.born_on)
    kept = (person.id_document, person.id_issuer, person.sex, person.born_on)
    return proposed == kept and Person.id_number.is_kept(person, identity.number)


def _put_right(correction: IdentityCorrection, person: Person, identity: Identity) -> bool:
    """Write the number of a locked person; the one before goes to whom it was contested of. Whether
    somebody of another name holds the new one. The number that is kept already is confirmed: from
    now on this person holds it."""
    document, issuer = IdentityDocument(correction.id_document), correction.id_issuer
    before = (person.id_number, IdentityDocument(person.id_document), person.id_issuer)
    entries = entries_of(identity.number, document, issuer).exclude(pk=person.pk)
    others = [one for one in entries if going_on_as(one).pk != person.pk]
    _check_once(person, others)
    correction.before = person.id_number
    correction.save(update_fields=["before_sealed"])
    is_confirmed = _is_kept(person, identity, document, issuer)
    is_free = is_confirmed or all(one.contested_at is not None for one in others)
    write_identity(person, identity, document, issuer)
    person.contested_at = clock.now()
    person.save()
    if is_free:
        take_number(person)
    pass_number_on(*before)
    return not is_free


def _check_once(person: Person, others: Sequence[Person]) -> None:
    """Refuse the number of a namesake, most likely the same person."""
    if any(is_called(other, person.name) for other in others):
        raise Refused(
            "correction.twice",
            gettext_noop(
                "Somebody of the same name has this number: most likely one person was entered "
                "twice. Merge the two entries, or ask the authority above."
            ),
        )


def _decide(actor: Actor, correction: IdentityCorrection, to: CorrectionState) -> None:
    by = {"decided_by": actor.name, "decided_account": actor.account_id}
    now = clock.now()
    move([correction], to, now, decided_at=now, **by)


def _waiting(departures: Sequence[Departure]) -> QuerySet[IdentityCorrection]:
    gone = [one.person_id for one in departures]
    return IdentityCorrection.objects.filter(person__in=gone, state=CorrectionState.PROPOSED)


def _let_go(
    actor: Actor, rows: Sequence[IdentityCorrection], _gone: Mapping[UUID, Departure]
) -> None:
    """What waits for a second person of the unit waits no more: nobody there could decide it."""
    for correction in rows:
        _decide(actor, correction, CorrectionState.DECLINED)


PROPOSALS = EndingRows(
    IdentityCorrection,
    ("state", "decided_at", "decided_by", "decided_account"),
    _waiting,
    _let_go,
    words=gettext_noop("corrections of the ID number"),
)
