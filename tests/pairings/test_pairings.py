"""结对帮扶: who is helped stays sealed, who helps comes again, and it ends with a reason."""

from datetime import timedelta

import pytest
from django.db import connection

from baodao.claims.commands.claims import request_exit
from baodao.claims.commands.decisions import decide_claims, decide_exits
from baodao.kernel import clock
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.ledger.models import ServiceRecord
from baodao.notices.models import Notice
from baodao.notices.queries.notices import notices_to
from baodao.notices.queries.pending import with_closed
from baodao.offers.commands import offers
from baodao.offers.commands.answers import draft_offer
from baodao.offers.models import Offer
from baodao.pairings import tasks
from baodao.pairings.commands import pairings as commands
from baodao.pairings.models import VisitReminder
from baodao.pairings.queries.pairings import own_pairings, waiting_pairings
from baodao.pairings.queries.visits import visits_of
from baodao.residents.models import SealedHousehold
from baodao.residents.rules.entries import HouseholdEntry
from baodao.statements.commands.statements import return_statement
from tests.needs.steps import fresh as fresh_need
from tests.needs.steps import need
from tests.offers import steps as offered
from tests.pairings import steps
from tests.registration.browsing import browser, text
from tests.world import World


def later(days: int) -> object:
    return clock.at(clock.now() + timedelta(days=days))


def entry_lines() -> str:
    """Every entry of the journal as text."""
    return "\n".join(f"{row.verb} {row.facts}" for row in JournalEntry.objects.all())


def test_nothing_of_the_household_is_published_or_kept_in_clear(world: World) -> None:
    offer = steps.pairing(world)
    chen = offered.chen(world)
    for viewer, page in (
        ("chen", "/find/"), ("chen", f"/find/{offer.pk}/"), ("an", f"/offers/{offer.pk}/"),
        ("an", "/offers/pairings/"), ("an", f"/offers/pairings/{offer.pk}/"),
        ("fan", "/offers/pairings/"), ("an", f"/offers/pairings/{offer.pk}/household/"),
    ):  # fmt: skip
        words = text(browser(world, viewer).get(page))
        assert not [secret for secret in steps.SECRETS if secret in words], page
    assert chen.person_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(h)::text FROM residents_sealedhousehold h")
        [[kept]] = cursor.fetchall()
    assert not [secret for secret in steps.SECRETS if secret in kept or secret in entry_lines()]


@pytest.mark.parametrize(
    "words", [{"title": "陪伴王桂兰"}, {"text": "电话 199 0000 7777"}, {"schedule": "王桂兰在家时"}]
)
def test_words_that_tell_who_it_is_are_not_published(world: World, words: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"offer\.names"):
        steps.pairing(world, **words)
    assert not Offer.objects.exists()
    assert not SealedHousehold.objects.exists()


def test_a_name_is_refused_whichever_is_written_first(world: World) -> None:
    offer, an = steps.pairing(world), world.actor("an")
    facts = offered.facts("pairing", title="陪伴王桂兰", places=1, particulars=steps.FORTNIGHT)
    with pytest.raises(Refused, match=r"offer\.names"):
        offers.edit(an, offer_id=offer.pk, facts=facts)
    other = HouseholdEntry("独居老人", "腿脚不便")
    with pytest.raises(Refused, match=r"offer\.names"):
        commands.describe_household(an, offer_id=offer.pk, entry=other)
    assert steps.row_of(world, offer).written


@pytest.mark.parametrize("entry", [HouseholdEntry("", "腿脚不便"), HouseholdEntry("王桂兰", " ")])
def test_an_entry_says_who_is_helped_and_with_what(world: World, entry: HouseholdEntry) -> None:
    with pytest.raises(Refused, match=r"household\.entry"):
        steps.pairing(world, entry)


def test_only_who_has_taken_it_on_reads_who_is_helped_and_only_while_they_have_it(
    world: World,
) -> None:
    first, second = offered.registered(world, 2)
    offer = steps.pairing(world)
    [claim] = offered.claimed(offer, first)

    def reads(helper: Actor) -> bool:
        try:
            entry = commands.read_own_household(helper, claim_id=claim.pk)
        except Absent:
            return False
        return entry == steps.WANG

    assert not reads(first)
    decide_claims(world.actor("an"), claim_ids=[claim.pk], approve=True)
    assert (reads(first), reads(second)) == (True, False)
    assert JournalEntry.objects.filter(verb="household.read").count() == 1
    request_exit(first, claim_id=claim.pk, reason="工作调动")
    assert reads(first)
    decide_exits(world.actor("an"), claim_ids=[claim.pk], approve=True)
    assert not reads(first)
    assert steps.row_of(world, offer).stage == "open"


def test_a_community_reads_it_with_a_reason_and_nobody_else_of_the_desk(world: World) -> None:
    offer = steps.pairing(world)
    with pytest.raises(Refused):
        commands.read_household(world.actor("an"), offer_id=offer.pk, reason=" ")
    an = world.actor("an")
    assert commands.read_household(an, offer_id=offer.pk, reason="上门前电话联系") == steps.WANG
    assert JournalEntry.objects.get(verb="household.unmasked").facts["reason"] == "上门前电话联系"
    for name in ("bao", "fan", "deng", "qin", "sun"):
        with pytest.raises(Absent):
            commands.read_household(world.actor(name), offer_id=offer.pk, reason="想看一看内容")


def test_a_pairing_made_of_a_need_opens_it_and_is_not_over_with_a_visit(world: World) -> None:
    row, an = need(world), world.actor("an")
    draft = draft_offer(an, need_id=row.pk, kind="pairing")
    assert draft.place == ""
    facts = offered.facts("pairing", title="陪伴老人", places=1, particulars=steps.FORTNIGHT)
    offers.edit(an, offer_id=draft.pk, facts=facts)
    commands.describe_household(an, offer_id=draft.pk, entry=steps.WANG)
    offer = offers.publish(an, offer_id=draft.pk)
    helper = offered.chen(world)
    claim = steps.paired(world, offer, helper)
    steps.confirmed(world, steps.visited(helper, claim))
    assert (fresh_need(row).state, steps.row_of(world, offer).stage) == ("open", "going")
    page = text(browser(world, "an").get(f"/offers/{offer.pk}/"))
    assert f"/offers/pairings/{offer.pk}/" in page
    commands.end_pairing(an, offer_id=offer.pk, reason="helped", words="子女回来照料")
    assert fresh_need(row).state == "met"


def test_a_visit_becomes_a_service_record_of_its_way_and_sets_the_next(world: World) -> None:
    helper = offered.chen(world)
    idle = steps.pairing(world, title="上门读报")
    with later(-20):
        offer = steps.pairing(world)
        claim = steps.paired(world, offer, helper)
    assert steps.row_of(world, offer).due_on == steps.days(-6)
    assert waiting_pairings(world.actor("an"), world.willow).answer() == {
        "overdue": [(offer.pk, offer.title)], "open": [(idle.pk, "上门读报")],
    }  # fmt: skip
    statement = steps.visited(helper, claim, steps.days(-1))
    row = steps.row_of(world, offer)
    assert (row.visited_on, row.due_on, row.stage) == (steps.days(-1), steps.days(13), "going")
    steps.confirmed(world, statement)
    record = ServiceRecord.objects.get()
    assert (record.way, record.minutes, record.offer_id) == ("pairing", 60, offer.pk)
    assert record.place == ""
    [visit] = visits_of(offer)
    assert (visit.on, visit.name, visit.record_id) == (steps.days(-1), "陈晓宇", record.id)


def test_a_returned_visit_leaves_the_household_unvisited(world: World) -> None:
    helper = offered.chen(world)
    with later(-20):
        offer = steps.pairing(world)
        claim = steps.paired(world, offer, helper)
    statement = steps.visited(helper, claim, steps.days(-1))
    return_statement(world.actor("an"), statement_id=statement.pk, reason="当天家里没人")
    assert steps.row_of(world, offer).stage == "overdue"


@pytest.mark.parametrize(("day", "words"), [(-9, "去看望"), (1, "去看望"), (0, " ")])
def test_no_visit_before_one_stood_by_them_nor_ahead_nor_without_words(
    world: World, day: int, words: str
) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    with pytest.raises(Refused, match=r"pairing\.(not-then|result)"):
        steps.visited(helper, claim, steps.days(day), result=words)


def reminders() -> list[str]:
    tasks.remind_of_visits()
    return list(
        Notice.objects.filter(kind__startswith="claim-visit").values_list("kind", flat=True)
    )


def test_who_visits_is_reminded_once_before_and_once_after_it_is_due(world: World) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    for day, kinds in (
        (10, []), (11, ["claim-visit-due"]), (14, ["claim-visit-due"]),
        (15, ["claim-visit-due", "claim-visit-overdue"]),
        (16, ["claim-visit-due", "claim-visit-overdue"]),
    ):  # fmt: skip
        with later(day):
            assert sorted(reminders()) == kinds, day
    with later(17):
        steps.visited(helper, claim)
        assert VisitReminder.objects.count() == 2
    with later(28):
        assert len(reminders()) == 3


def test_a_reminder_at_night_is_shown_in_the_morning_and_closes_with_the_visit(
    world: World,
) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    night = clock.midnight(steps.days(12)) + timedelta(hours=23)
    with clock.at(night):
        tasks.remind_of_visits()
    notice = Notice.objects.get(kind="claim-visit-due")
    assert notice.show_at > night
    assert not [secret for secret in steps.SECRETS if secret in str(notice.facts)]
    with clock.at(night + timedelta(hours=12)):
        mine = with_closed(notices_to(helper, None)).filter(pk=notice.pk)
        assert not mine.get().closed
        steps.visited(helper, claim)
        assert mine.get().closed


def test_handed_over_the_next_one_reads_the_entry_and_the_former_nothing(world: World) -> None:
    first, second = offered.registered(world, 2)
    offer, an = steps.pairing(world), world.actor("an")
    former = steps.paired(world, offer, first)
    steps.confirmed(world, steps.visited(first, former))
    commands.pass_on(an, claim_id=former.pk, reason="出差半年")
    assert Notice.objects.get(kind="claim-passed-on").person_id == first.person_id
    claim = steps.paired(world, offer, second)
    assert commands.read_own_household(second, claim_id=claim.pk) == steps.WANG
    with pytest.raises(Absent):
        commands.read_own_household(first, claim_id=former.pk)
    with pytest.raises(Absent):
        steps.visited(first, former)
    assert own_pairings(first) == {}
    client = browser(world, "an")
    page = text(client.get(f"/offers/pairings/{offer.pk}/"))
    assert "陪聊，买菜" in page
    assert "出差半年" in page
    assert steps.row_of(world, offer).due_on == steps.days(14)


@pytest.mark.parametrize("name", ["bao", "fan", "deng", "chen"])
def test_only_its_community_hands_over_and_ends(world: World, name: str) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    for act, facts in (
        (commands.pass_on, {"claim_id": claim.pk, "reason": "换人"}),
        (commands.end_pairing, {"offer_id": offer.pk, "reason": "moved"}),
    ):
        with pytest.raises(Absent):
            act(world.actor(name), **facts)  # type: ignore[operator]


@pytest.mark.parametrize("reason", ["moved", "died", "helped", "wish", "nobody"])
def test_it_ends_with_a_reason_and_the_visits_stay(world: World, reason: str) -> None:
    helper, offer = offered.chen(world), steps.pairing(world)
    claim = steps.paired(world, offer, helper)
    steps.confirmed(world, steps.visited(helper, claim))
    an = world.actor("an")
    with pytest.raises(Refused, match=r"pairing\.reason"):
        commands.end_pairing(an, offer_id=offer.pk, reason="bored")
    commands.end_pairing(an, offer_id=offer.pk, reason=reason)
    row = steps.row_of(world, offer)
    assert (row.stage, row.due_on, len(visits_of(offer))) == ("over", None, 1)
    assert row.ended_reason
    with pytest.raises(Absent):
        commands.read_own_household(helper, claim_id=claim.pk)
    assert Notice.objects.filter(kind="offer-closed", person=helper.person_id).exists()


def test_who_was_helped_is_forgotten_some_time_after_the_end(world: World) -> None:
    open_one, over = steps.pairing(world), steps.pairing(world)
    commands.end_pairing(world.actor("an"), offer_id=over.pk, reason="moved")
    with later(89):
        tasks.forget_households()
        assert SealedHousehold.objects.count() == 2
    with later(91):
        tasks.forget_households()
    assert SealedHousehold.objects.get().pk == open_one.pk
