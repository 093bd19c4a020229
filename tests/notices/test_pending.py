"""Notices that ask for an act close by themselves when it is done, by whomever."""

import re
from datetime import timedelta

import pytest

from baodao.agenda.commands.messages import ask
from baodao.exemptions.commands import decide_exemption
from baodao.kernel import clock, ids
from baodao.kernel.authz import NOBODY, Actor
from baodao.needs.commands.needs import screen
from baodao.needs.commands.requests import request_help
from baodao.needs.commands.residents import renew_page
from baodao.needs.rules.requests import NeedFacts
from baodao.notices.commands.notices import Message, announce
from baodao.notices.models import Notice
from baodao.notices.queries.messages import outside_sentence_of
from baodao.notices.queries.notices import notices_to, sentence_of, unread_of
from baodao.notices.queries.pending import pending_kinds, register_pending, unread, with_closed
from baodao.notices.rules.catalogue import KINDS, reminder_kinds
from baodao.orgs.models import Organisation
from baodao.partnership.commands import registrations
from baodao.people.commands import transfers
from baodao.people.tasks import lapse_unanswered
from baodao.registration.commands import arrivals, letters, presentations
from tests.exemptions.test_exemptions import requested
from tests.ledger.steps import colleague, record
from tests.offers import steps as offers
from tests.partnership.test_unit_registrations import presented
from tests.people.steps import proposed
from tests.registration import steps
from tests.statements.test_disputes import answer, raised
from tests.world import World


def closed(actor: Actor, place: Organisation | None = None) -> dict[str, bool]:
    """By kind whether what was told is closed, the latest of each."""
    rows = with_closed(notices_to(actor, place)).order_by("show_at", "pk")
    return {row.kind: row.closed for row in rows}


def test_a_letter_that_was_presented_asks_no_more(world: World) -> None:
    row = steps.issued(world)
    chen = world.actor("chen")
    assert (closed(chen), unread_of(chen)) == ({"letter-issued": False}, 1)
    presentations.present(chen, registration_id=row.pk)
    assert (closed(chen), unread_of(chen)) == ({"letter-issued": True}, 0)


def test_a_need_is_told_in_its_words_until_somebody_screens_it(world: World) -> None:
    an = world.actor("an")
    text = "楼道里的灯坏了三天，晚上老人下楼看不见，请帮忙换一个灯泡，再看看开关，谢谢你们大家了"
    page = renew_page(an, community_id=world.willow.pk)
    need = request_help(NOBODY, token=page.token, facts=NeedFacts(text, "convenience"))
    [told] = notices_to(an, world.willow)
    assert (told.url, sentence_of(told)) == (f"/needs/{need.pk}/", f"收到新的需求：“{text[:39]}…”")
    assert text[:5] not in outside_sentence_of(told)
    assert closed(an, world.willow) == {"need-asked": False}
    screen(an, need_id=need.pk, category="convenience", urgency="normal")
    assert closed(an, world.willow) == {"need-asked": True}


def test_a_group_asks_until_the_last_of_it_is_received(world: World) -> None:
    people = steps.members(world, 2)
    rows = letters.issue_letters(world.actor("deng"), person_ids=[one.pk for one in people]).done
    ids = [row.pk for row in rows]
    presentations.present_group(world.actor("deng"), registration_ids=ids)
    an, bao = world.actor("an"), world.actor("bao")
    arrivals.accept(an, registration_ids=ids[:1])
    assert closed(an, world.willow) == {"group-presented": False}
    arrivals.accept(an, registration_ids=ids[1:])
    assert closed(an, world.willow) == {"group-presented": True}
    assert unread_of(an, world.willow) == 0
    assert closed(bao, world.willow) == {}, "what is told to another place is nothing to Bao"


@pytest.mark.parametrize("end", ["accept", "decline", "withdraw", "lapse"])
def test_a_transfer_asks_until_it_is_over_however_it_ends(world: World, end: str) -> None:
    transfer = proposed(world)
    lin = world.actor("lin")
    assert closed(lin, world.commission) == {"transfer-proposed": False}
    one = {"transfer_id": transfer.pk}
    match end:
        case "accept":
            transfers.accept_transfer(lin, **one, branch_id=world.office.pk)
        case "decline":
            transfers.decline_transfer(lin, **one, reason="查无此人")
        case "withdraw":
            transfers.withdraw_transfer(world.actor("dai"), **one)
        case "lapse":
            with clock.at(clock.now() + timedelta(days=400)):
                lapse_unanswered()
    assert closed(lin, world.commission)["transfer-proposed"]


def test_a_request_asks_until_the_secretary_decides(world: World) -> None:
    exemption = requested(world)
    deng = world.actor("deng")
    assert closed(deng, world.bureau) == {"exemption-requested": False}
    decide_exemption(deng, exemption_id=exemption.pk, approve=False, note="材料不全")
    assert closed(world.actor("dai"), world.bureau) == {"exemption-requested": True}


def test_an_objection_to_a_record_asks_until_it_is_answered(world: World) -> None:
    objection = raised(world, record(world))
    an = world.actor("an")
    assert closed(an, world.willow)["record-disputed"] is False
    answer(world, objection, "kept")
    assert closed(colleague(world), world.willow)["record-disputed"] is True


def test_a_contact_form_asks_until_the_community_answers(world: World) -> None:
    form = presented(world)
    an = world.actor("an")
    assert closed(an, world.willow) == {"unit-presented": False}
    registrations.accept(an, unit_registration_id=form.pk)
    assert closed(an, world.willow)["unit-presented"]


def test_who_was_asked_is_asked_no_more_once_they_claim_or_it_is_over(world: World) -> None:
    first, second = offers.registered(world, 2)
    offer = offers.published(world)
    ids = [actor.person_id for actor in (first, second) if actor.person_id]
    ask(world.actor("an"), offer_id=offer.pk, person_ids=ids)
    later = clock.now() + timedelta(days=1)
    with clock.at(later):
        offers.claimed(offer, first)
        assert closed(first)["offer-fits-you"]
        assert not closed(second)["offer-fits-you"]
    with clock.at(later + timedelta(days=30)):
        assert closed(second)["offer-fits-you"]


ASKING = re.compile(
    r"[Pp]lease|[Pp]resent it|[Pp]ut it right|waits for your|[Tt]ake them in|[Ll]ook at them|"
    r"send it again|open it and claim|has presented|presents|[Nn]ot solved yet|A new need|"
    r"has returned|[Cc]ompare the|asks you to take|proposes an activity|gives your activity|"
    r"next visit is due|is not answered yet|write it down|if you like, say"
    r"|Agree or decline|waits for the letter|asks for your opinion|whether it is settled"
    r"|[Ss]ee whether it can|asks you to go on|asks for your vote|waits for an answer until"
    r"|still to be done by"
)


def test_every_kind_that_asks_for_an_act_says_what_closes_it() -> None:
    asking = {name for name, kind in KINDS.items() if ASKING.search(str(kind.sentence))}
    assert asking == pending_kinds()


def test_every_reminder_says_what_closes_it_but_what_only_tells() -> None:
    telling = {"activity-tomorrow", "gathering-near", "offer-words"}
    assert set(reminder_kinds()) - telling <= pending_kinds()


def test_what_only_tells_and_what_is_about_nothing_never_closes(world: World) -> None:
    chen = world.people["chen"].pk
    facts = {"community": "柳荫社区", "number": "〔2026〕1号"}
    announce(
        [
            Message("registration-accepted", person_id=chen, facts=facts),
            Message("reminder-present", person_id=chen, facts=facts),
        ]
    )
    with clock.at(clock.end_of(clock.today())):
        assert not any(closed(world.actor("chen")).values())


def test_what_every_page_counts_is_what_the_list_shows_for_every_kind(world: World) -> None:
    """Each is asked by a statement that is written once, and nothing waits for what is no more."""
    chen, willow = world.actor("chen"), world.willow
    for kind in pending_kinds():
        Notice.objects.create(organisation=willow, kind=kind, about=ids.new_id())
        Notice.objects.create(organisation=willow, kind=kind)
        Notice.objects.create(person=world.people["chen"], kind=kind, about=ids.new_id())
    for actor, place, open_ones in ((world.actor("an"), willow, 1), (chen, None, 0)):
        listed = unread(notices_to(actor, place)).count()
        assert unread_of(actor, place) == listed == open_ones * len(pending_kinds())


def test_only_kinds_that_are_known_may_close() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        register_pending({"nonsense": lambda: Organisation.objects.all()})
