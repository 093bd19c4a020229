"""Residents' own word on what was done for them, their page, and reading their telephone."""

from uuid import UUID

from baodao.kernel import clock, crypto, ids, journal
from baodao.kernel.authz import NOBODY, Actor, Permission
from baodao.kernel.command import command
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.kernel.locking import lock
from baodao.kernel.scope import within
from baodao.notices.commands.notices import Message, announce
from baodao.offers.commands.needs import back
from baodao.offers.models import Need, ResidentPage
from baodao.offers.queries.needs import contacts_of_ended, need_rows, needs
from baodao.offers.queries.residents import need_by_code
from baodao.offers.rules import NeedState, move_need
from baodao.offers.rules.needs import REMARK, SHORTEST, WORDS, Word
from baodao.orgs.queries import places
from baodao.orgs.rules import Kind, about

_NO_CONTACT = {"asker": "", "phone_sealed": None, "consent": ""}


@command
def answer_asked(actor: Actor, *, code: str, satisfied: str, remark: str = "") -> Need:
    """The asker's own word on a need that was met; "not solved yet" hands it back.

    Whoever knows the code answers, once each time it is met. Raises `Absent`.
    """
    if satisfied not in set(Word):
        raise Refused("need.word", gettext_noop("Press one of the three buttons."))
    asked = need_by_code(code)
    main = lock(need_rows(), asked.merged_into_id or asked.pk)
    if main.state != NeedState.MET:
        move_need(main.state, NeedState(main.state))
    own = main if main.pk == asked.pk else lock(need_rows(), asked.pk)
    if own.satisfied:
        raise Refused("need.answered", gettext_noop("You have answered already. Thank you."))
    own.satisfied, own.answered_at = satisfied, clock.now()
    own.remark = remark.strip()[:REMARK]
    own.save(update_fields=["satisfied", "answered_at", "remark"])
    who = NOBODY if actor.account_id else actor
    if satisfied == Word.NO:
        _hand_back(who, main)
    else:
        word = WORDS[Word(satisfied)]
        journal.write(who, "need.answered", own.pk, own.community_id, satisfied=word)
    return own


def _hand_back(actor: Actor, main: Need) -> None:
    """The community looks further, and is told."""
    back(main)
    journal.write(actor, "need.handed-back", main.pk, main.community_id, code=main.code)
    message = Message(
        "need-handed-back",
        organisation_id=main.community_id,
        about=main.pk,
        url=f"/needs/{main.pk}/",
        facts={"code": main.code},
    )
    announce([message])


@command
def withdraw_contact(actor: Actor, *, code: str) -> Need:
    """Whoever knows the code takes back name and telephone, as easily as they were left."""
    need = lock(need_rows(), need_by_code(code).pk)
    Need.objects.filter(pk=need.pk).update(**_NO_CONTACT)
    need.refresh_from_db(fields=_NO_CONTACT)
    who = NOBODY if actor.account_id else actor
    journal.write(who, "need.contact-withdrawn", need.pk, need.community_id, code=need.code)
    return need


@command
def forget_contacts(actor: Actor) -> int:
    """Forget who asked for what ended long ago, by its own end or that of the need it was merged
    into; how many. Anybody may: what may be kept is not decided by who asks."""
    held = contacts_of_ended().select_for_update(of=("self",), no_key=True)
    rows = list(held.order_by("pk"))
    Need.objects.filter(pk__in=[row.pk for row in rows]).update(**_NO_CONTACT)
    acts = [
        journal.Act("need.contact-forgotten", row.pk, row.community_id, {"code": row.code})
        for row in rows
    ]
    journal.write_many(actor, acts)
    return len(rows)


@command
def renew_page(actor: Actor, *, community_id: int) -> ResidentPage:
    """Open the residents' page of a community, or give it a new address; the old one ends."""
    rows = within(places(Kind.COMMUNITY), actor, Permission.NEED_SCREEN, "path")
    community = lock(rows, community_id)
    fresh = {"token": ids.new_token(), "renewed_at": clock.now()}
    page, _ = ResidentPage.objects.update_or_create(community=community, defaults=fresh)
    journal.write(actor, "resident-page.renewed", about(community.pk), community.pk)
    return page


@command
def unmask_asker(actor: Actor, *, need_id: UUID, reason: str) -> str:
    """The asker's telephone in clear, for who looks after the need; why stands in the journal."""
    screened = needs(actor, Permission.NEED_SCREEN)
    rows = within(screened, actor, Permission.PERSON_UNMASK, "community__path")
    need = rows.filter(pk=need_id).first()
    if need is None:
        raise Absent("need")
    words = reason.strip()
    if len(words) < SHORTEST:
        raise Refused(
            "person.reason-missing",
            gettext_noop("Say in a few words what you need the number for."),
        )
    if need.phone_sealed is None:
        raise Refused("need.no-phone", gettext_noop("Whoever asked left no telephone."))
    journal.write(actor, "need.unmasked", need.pk, need.community_id, reason=words)
    return crypto.ring().unseal(bytes(need.phone_sealed), "phone")
