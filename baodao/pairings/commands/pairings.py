"""A community pairs a household with who helps: writes down who is helped, hands over, ends."""

from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from baodao.claims.commands.announcements import note, tell
from baodao.claims.commands.seats import locked_claims, move_claims
from baodao.claims.commands.waiting_list import fill_all
from baodao.claims.models import Claim
from baodao.claims.queries.claims import claims
from baodao.claims.queries.seats import check_stays
from baodao.claims.rules.lives import CLAIM, SERVING, ClaimState
from baodao.kernel import clock, journal
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.lives import check_reason
from baodao.kernel.locks import lock
from baodao.kernel.masks import check_purpose
from baodao.kernel.scope import within
from baodao.needs.rules.life import NeedState
from baodao.offers.commands.offers import close, draft, publish, texts_of
from baodao.offers.kinds.pairing.kind import PAIRING
from baodao.offers.models import Offer
from baodao.offers.queries.answers import needs_of
from baodao.offers.queries.offers import offers
from baodao.offers.rules.lives import OFFER
from baodao.offers.rules.offers import SEALED, OfferFacts, check_nameless
from baodao.orgs.queries.tree import standing_of
from baodao.pairings.models import PairedHousehold
from baodao.pairings.queries.households import household_of
from baodao.pairings.queries.pairings import WRITTEN, names_of, own_pairing, pairing_of
from baodao.pairings.rules.pairings import MET, PairingEnd
from baodao.residents.commands.entries import entry_in, write_entry
from baodao.residents.models import SealedHousehold
from baodao.residents.queries.entries import household_names
from baodao.residents.queries.files import filed_household, has_file
from baodao.residents.rules.entries import HouseholdEntry, check_entry_complete


@command
def publish_pairing(
    actor: Actor, *, community_id: int, facts: OfferFacts, entry: HouseholdEntry
) -> Offer:
    """Offer a pairing to members and units, with who is helped in a sealed entry: all of it, or
    nothing."""
    offer = draft(actor, community_id=community_id, facts=facts)
    describe_household(actor, offer_id=offer.pk, entry=entry)
    return publish(actor, offer_id=offer.pk)


@command
def pair_household(actor: Actor, *, file_id: UUID, facts: OfferFacts) -> Offer:
    """Offer a pairing for a household that has a file, whose entry it is: it is not written down
    twice. Refused where the words that everybody reads tell who it is."""
    file = filed_household(actor, file_id)
    offer = draft(actor, community_id=standing_of(file.community).pk, facts=facts)
    check_nameless(texts_of(offer), household_names(file.entry_id))
    PairedHousehold.objects.create(offer=offer, household=file.entry)
    journal.write(actor, WRITTEN, offer.pk, offer.community_id, title=offer.title)
    return publish(actor, offer_id=offer.pk)


@command
def describe_household(actor: Actor, *, offer_id: UUID, entry: HouseholdEntry) -> SealedHousehold:
    """Write down, or anew, who is helped; refused where the words that everybody reads tell it."""
    offer = lock(offers(actor, Permission.OFFER_EDIT).filter(kind=PAIRING), offer_id)
    OFFER.check(offer.state, *OFFER.live)
    present = household_of(offer)
    if present is not None and has_file(present.pk):
        raise Refused(
            "pairing.filed", gettext_noop("This household has a file; write it anew there.")
        )
    check_entry_complete(entry)
    check_nameless(texts_of(offer), [entry.name.strip()])
    row = write_entry(actor, offer.pk, entry)
    PairedHousehold.objects.update_or_create(offer=offer, defaults={"household": row})
    journal.write(actor, WRITTEN, offer.pk, offer.community_id, title=offer.title)
    return row


@command
def read_household(actor: Actor, *, offer_id: UUID, reason: str) -> HouseholdEntry:
    """Who is helped, in clear, for the community; why stands in the journal."""
    rows = offers(actor, Permission.OFFER_EDIT).filter(kind=PAIRING)
    rows = within(rows, actor, Permission.PERSON_UNMASK, "community__path")
    offer = rows.filter(pk=offer_id).first()
    if offer is None:
        raise Absent("pairing")
    words = check_purpose(reason)
    entry = entry_in(household_of(offer))
    journal.write(actor, "household.unmasked", offer.pk, offer.community_id, reason=words)
    return entry


@command
def read_own_household(actor: Actor, *, claim_id: UUID) -> HouseholdEntry:
    """Who is helped, in clear, for who has taken it on, while they have it; that they read it
    stands in the journal. Raises `Absent` for anybody else, and once it is over; refused
    at once to who moved out of the reach of the community."""
    claim, offer = own_pairing(actor, claim_id)
    check_stays(actor, claim.pk)
    entry = entry_in(household_of(offer))
    journal.write(actor, "household.read", claim.pk, offer.community_id, title=offer.title)
    return entry


@command
def pass_on(actor: Actor, *, claim_id: UUID, reason: str) -> Claim:
    """Let go who stands by a household, so that somebody else can be asked: from this instant they
    read nothing of it any more. Their visits stay what they were."""
    why = check_reason(reason)
    rows = claims(actor, Permission.CLAIM_DECIDE).filter(offer__kind=PAIRING)
    [claim], freed = locked_claims(rows, [claim_id])
    CLAIM.check(claim.state, *SERVING)
    check_nameless([why], names_of(claim.offer), SEALED)
    decided = {"decided_at": clock.now(), "decided_by": actor.name}
    move_claims([claim], ClaimState.LEFT, reason=why, **decided)
    note(actor, [claim], "claim.left", why)
    tell([claim], "claim-passed-on", reason=why)
    fill_all(actor, freed)
    return claim


@command
def end_pairing(actor: Actor, *, offer_id: UUID, reason: str, words: str = "") -> Offer:
    """End a pairing for good, for one of the reasons that the household has, with a word if one
    likes, in Chinese as it is printed; who helped is told and thanked."""
    if reason not in set(PairingEnd):
        raise Refused("pairing.reason", gettext_noop("Choose why the pairing ends."))
    offer = pairing_of(actor, offer_id)
    check_nameless([words], names_of(offer), SEALED)
    open_needs = needs_of(offer).filter(state=NeedState.OPEN) if reason in MET else ()
    met_ids = [need.pk for need in open_needs]
    with translation.override("zh-hans"):
        why = "：".join(filter(None, (gettext(PairingEnd.words_of(reason)), words.strip())))
    return close(actor, offer_id=offer.pk, reason=why, met_ids=met_ids)
