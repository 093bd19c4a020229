"""What a community says to people about an offer: to those who come, and to whom it fits."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.urls import reverse

from baodao.agenda.queries.candidates import INVITATION, members_here, people_to_ask
from baodao.claims.queries.places import seated_of
from baodao.claims.queries.seats import held_seats
from baodao.claims.rules.lives import SERVING, ClaimState
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.batch import Batch
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locks import lock
from baodao.notices.commands.notices import Message, NoticeFact, announce
from baodao.notices.models import Notice
from baodao.notices.queries.notices import persons_told
from baodao.notices.queries.reach import without_account
from baodao.offers.models import Offer
from baodao.offers.queries.offers import offers
from baodao.offers.rules.lives import OFFER, OfferState
from baodao.offers.rules.offers import is_open
from baodao.people.queries.members import lock_persons, names_of

MOST = 5
"""How many are asked at a time: who is asked with everybody else feels meant by nobody."""


@command
def write_to(actor: Actor, *, offer_id: UUID, text: str) -> Batch[Notice]:
    """Send a few words to everybody with a place in an offer that is not over; in quiet hours they
    arrive in the morning. Who wants no reminders, had enough of them, or has no account to read
    them with, is named.

    Cannot be taken back: words are read at once. Another message puts them right.
    """
    words = text.strip()
    if not words:
        raise Refused("offer.words", gettext_noop("Write what they should know."))
    persons = _coming(offer_id)
    lock_persons(persons)
    offer = lock(offers(actor, Permission.OFFER_EDIT), offer_id)
    OFFER.check(offer.state, OfferState.PUBLISHED)
    if offer.ends_at is not None and offer.ends_at <= clock.now():
        raise Refused("offer.over", gettext_noop("It is over; nobody need be told any more."))
    if not persons:
        raise Refused("offer.nobody", gettext_noop("Nobody has a place in it yet."))
    batch = _announcement(offer, "offer-words", persons, reason=words)
    count = len(batch.done)
    journal.write(
        actor, "offer.written-to", offer.pk, offer.community_id, count=count, reason=words
    )
    return batch


def _coming(offer_id: UUID) -> list[UUID]:
    """Who has a place, taken or kept for them."""
    states = (ClaimState.INVITED, *SERVING)
    seats = held_seats().filter(claim__offer=offer_id, claim__state__in=states)
    return sorted(set(seats.order_by().values_list("person", flat=True)))


@command
def ask(actor: Actor, *, offer_id: UUID, person_ids: Collection[UUID]) -> Batch[Notice]:
    """Ask a few members of the community, to whom an offer fits, whether they would come. Nobody is
    told who else was asked, or how many. Who claimed it meanwhile, was asked already or has no
    account is named.
    Raises `Absent` for who is not registered there. Cannot be taken back: it is read at once."""
    persons = set(person_ids)
    lock_persons(persons)
    offer = lock(offers(actor, Permission.OFFER_EDIT), offer_id)
    check_asking(offer)
    _check_few(persons)
    if members_here(actor, offer, persons).count() != len(persons):
        raise Absent("member")
    names, again = names_of(persons), persons_told(INVITATION, offer.pk)
    without = set(people_to_ask(actor, offer, persons).values_list("person", flat=True))

    def check(person_id: UUID) -> UUID:
        if person_id not in without:
            raise Refused("offer.claimed", gettext_noop("Has claimed it already."))
        if person_id in again:
            raise Refused("offer.asked", gettext_noop("Was asked already."))
        return person_id

    open_to = Batch.each(sorted(persons), check, lambda person_id: names[person_id])
    batch = _announcement(offer, INVITATION, open_to.done)
    journal.write(actor, "offer.asked-for", offer.pk, offer.community_id, count=len(batch.done))
    return Batch(batch.done, [*open_to.refused, *batch.refused])


def check_asking(offer: Offer) -> None:
    """Refuse to ask anybody to a draft, and to what is over, has begun or is full."""
    OFFER.check(offer.state, OfferState.PUBLISHED)
    check_free(offer)


def check_free(offer: Offer) -> None:
    """Refuse to ask anybody to a locked offer that has begun or has no free place."""
    if not is_open(offer.state, offer.starts_at, clock.now()):
        raise Refused("claim.too-late", gettext_noop("The activity has begun already."))
    if seated_of(offer) >= offer.places:
        raise Refused("offer.full", gettext_noop("No place is free; nobody need be asked."))


def _check_few(person_ids: Collection[UUID]) -> None:
    """Only a few are asked."""
    if len(set(person_ids)) > MOST:
        raise Refused(
            "offer.many", gettext_noop("Ask at most %(most)s people at a time."), most=MOST
        )


def _announcement(
    offer: Offer, kind: str, persons: Sequence[UUID], **facts: NoticeFact
) -> Batch[Notice]:
    """One sentence about an offer to each of these locked persons; who is not reminded, or has no
    account, is named."""
    silent = without_account(persons)
    shared = {"title": offer.title, "community": offer.community.name, **facts}
    url = reverse("agenda:service", args=[offer.pk])
    notices = announce(
        Message(kind, person_id=one, about=offer.pk, url=url, facts=shared)
        for one in persons
        if one not in silent
    )
    refusals = {message.person_id for message, _ in notices.refused if message.person_id}
    names = names_of(silent | refusals)
    nobody = Refused("offer.unreached", gettext_noop("Is not reached here; please telephone."))
    refused = [
        (names[message.person_id], no) for message, no in notices.refused if message.person_id
    ]
    return Batch(list(notices), [*((names[one], nobody) for one in sorted(silent)), *refused])
