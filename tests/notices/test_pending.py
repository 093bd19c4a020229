"""Notices that ask for an act close by themselves when it is done, by whomever."""

import pytest

from baodao.kernel import clock
from baodao.kernel.authz import NOBODY, Actor
from baodao.needs.commands.needs import screen
from baodao.needs.commands.requests import ask
from baodao.needs.commands.residents import renew_page
from baodao.needs.rules.requests import NeedFacts
from baodao.notices.commands.notices import Message, announce
from baodao.notices.queries.messages import outside_sentence_of
from baodao.notices.queries.notices import notices_to, sentence_of, unread_of
from baodao.notices.queries.pending import register_pending, with_closed
from baodao.orgs.models import Organisation
from baodao.registration.commands import arrivals, letters, presentations
from tests.registration import steps
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
    need = ask(NOBODY, token=page.token, facts=NeedFacts(text, "convenience"))
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


def test_only_kinds_that_are_known_may_close() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        register_pending({"nonsense": lambda: Organisation.objects.all()})
