"""Several people at once, each with a connection of their own: one right outcome, no half object.

Every race has the same body as a negative control with an act that does not lock; there the body
sees the harm, so it would see it here.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from baodao.accounts.models import Account
from baodao.checklist import commands as checklist
from baodao.documents.models import Issue
from baodao.exemptions import commands as exemptions
from baodao.exemptions.commands import ExemptionRequest
from baodao.exemptions.models import Exemption
from baodao.kernel import batch, clock
from baodao.kernel.authz import NOBODY, Actor, Role
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.kernel.once import once
from baodao.notices.models import Notice
from baodao.registration.commands import (
    access,
    arrivals,
    departures,
    letters,
    presentations,
)
from baodao.registration.models import Letter, Registration, RegistrationStage
from tests import factories
from tests.concurrency import Meeting, at_once
from tests.registration import steps
from tests.world import World

Act = Callable[[], object]


def outcomes(acts: Sequence[Act]) -> list[str]:
    """ "done", or the code of the refusal, of each; anything else fails the test."""
    told = []
    for answer in at_once(*acts):
        if isinstance(answer, Refused):
            told.append(answer.code)
        elif isinstance(answer, Exception):
            raise answer
        elif isinstance(answer, batch.Batch):
            told.append("done" if answer.done else answer.refused[0][1].code)
        else:
            told.append("done")
    return sorted(told)


def colleague(world: World) -> Actor:
    """A second worker of An's community."""
    world.accounts["ai"] = factories.account("艾文", Role.COMMUNITY_WORKER, world.willow)
    return world.actor("ai")


def acceptances(registration: Registration) -> int:
    """How often the journal says that it was accepted."""
    return JournalEntry.objects.filter(about=registration.pk, verb="registration.accepted").count()


def test_two_workers_accept_once(committed_world: World) -> None:
    registration = steps.submitted(committed_world)
    workers = [committed_world.actor("an"), colleague(committed_world)] * 4
    told = outcomes(
        [
            lambda actor=actor: arrivals.accept(actor, registration_ids=[registration.pk])
            for actor in workers
        ]
    )
    assert told == ["done"] + ["registration.accepted"] * 7
    assert acceptances(registration) == 1
    assert Issue.objects.filter(about=registration.pk, form="receipt").count() == 1
    assert Notice.objects.filter(kind="registration-accepted").count() == 1
    assert RegistrationStage.objects.filter(subject=registration, until=None).count() == 1
    assert steps.fresh(registration).receipt_number == 1


def test_without_the_lock_two_workers_would_both_accept(committed_world: World) -> None:
    registration = steps.submitted(committed_world)
    meeting = Meeting(2)

    def accept_unlocked(actor: Actor) -> Registration:
        with transaction.atomic():
            held = Registration.objects.get(pk=registration.pk)
            meeting.wait()
            if held.state != "submitted":
                raise Refused("registration.accepted", "")
            held.state, held.accepted_at, held.receipt_number = "accepted", clock.now(), 1
            held.save()
            arrivals.journal.write(actor, "registration.accepted", held.pk, held.community_id)
            return held

    workers = [committed_world.actor("an"), colleague(committed_world)]
    told = outcomes([lambda actor=actor: accept_unlocked(actor) for actor in workers])
    assert told == ["done", "done"]
    assert acceptances(registration) == 2


def test_accepting_and_returning_at_once_end_in_one_of_the_two(committed_world: World) -> None:
    registration = steps.submitted(committed_world)
    an, ai = committed_world.actor("an"), colleague(committed_world)
    told = outcomes(
        [
            lambda: arrivals.accept(an, registration_ids=[registration.pk]),
            lambda: arrivals.return_to_member(ai, registration_id=registration.pk, reason="不符"),
        ]
    )
    state = steps.fresh(registration).state
    assert told == sorted(["done", f"registration.{state}"])
    assert acceptances(registration) == (1 if state == "accepted" else 0)


def test_accepting_and_withdrawing_at_once_end_in_one_of_the_two(committed_world: World) -> None:
    registration = steps.submitted(committed_world)
    an, deng = committed_world.actor("an"), committed_world.actor("deng")
    told = outcomes(
        [
            lambda: arrivals.accept(an, registration_ids=[registration.pk]),
            lambda: departures.withdraw(deng, registration_id=registration.pk, reason="写错"),
        ]
    )
    assert told == sorted(["done", f"registration.{steps.fresh(registration).state}"])


def test_accepting_after_a_return_is_refused_until_presented_again(committed_world: World) -> None:
    registration = steps.returned(committed_world)
    an = committed_world.actor("an")
    told = outcomes([lambda: arrivals.accept(an, registration_ids=[registration.pk])] * 3)
    assert told == ["registration.returned"] * 3
    presentations.present(committed_world.actor("chen"), registration_id=registration.pk)
    assert arrivals.accept(an, registration_ids=[registration.pk]).done


def letters_by_two_clerks(
    world: World, issue: Callable[[Actor, list[UUID]], object]
) -> tuple[list[str], list[int]]:
    people = [person.pk for person in steps.members(world, 20)]
    clerks = [world.actor("deng"), world.actor("dai")]
    told = outcomes([lambda actor=actor: issue(actor, people) for actor in clerks])
    numbers = Letter.objects.order_by("number").values_list("number", flat=True)
    return told, list(numbers)


def test_a_member_never_gets_two_letters_and_numbers_have_no_gap(committed_world: World) -> None:
    def issue(actor: Actor, people: list[UUID]) -> object:
        return letters.issue_letters(actor, person_ids=people)

    told, numbers = letters_by_two_clerks(committed_world, issue)
    assert told == ["done", "registration.second"]
    assert numbers == list(range(1, 21))
    assert Registration.objects.count() == 20


def test_without_the_persons_lock_the_second_clerk_fails_on_the_table(
    committed_world: World,
) -> None:
    """The rule is checked before the other's commit: only the unique index is left to object."""
    meeting = Meeting(2)

    def issue_unlocked(actor: Actor, people: list[UUID]) -> object:
        with transaction.atomic():
            rows = letters.memberships(actor, letters.Permission.LETTER_ISSUE)
            held = list(rows.filter(person__in=people).select_related("person__home_community"))
            openings = letters._openings(held, None, {})
            assert openings.refused == []
            meeting.wait()
            return letters.open_registrations(actor, openings.done)

    with pytest.raises(Exception, match="registration_one_live"):
        letters_by_two_clerks(committed_world, issue_unlocked)


def test_batches_that_overlap_in_opposite_order_do_not_wait_in_a_ring(
    committed_world: World,
) -> None:
    people = [person.pk for person in steps.members(committed_world, 30)]
    deng = committed_world.actor("deng")
    rows = letters.issue_letters(deng, person_ids=people).done
    ids = [row.pk for row in rows]
    workers = [committed_world.actor("an"), colleague(committed_world)]
    answers = at_once(
        *[
            lambda actor=actor, order=order: arrivals.accept(actor, registration_ids=order)
            for actor, order in zip(workers, [ids, ids[::-1]], strict=True)
        ]
    )
    assert sorted(len(answer.done) for answer in answers) == [0, 30]
    numbers = Registration.objects.values_list("receipt_number", flat=True)
    assert sorted(numbers) == list(range(1, 31))


def test_a_double_tap_presents_once(committed_world: World) -> None:
    registration = steps.issued(committed_world)
    chen, client_id = committed_world.actor("chen"), uuid4()

    def tap() -> object:
        def act() -> dict[str, str]:
            presentations.present(chen, registration_id=registration.pk)
            return {"to": "/me/"}

        return once(chen, client_id, {}, act)

    assert outcomes([tap] * 5) == ["done"] * 5
    assert RegistrationStage.objects.filter(subject=registration, state="submitted").count() == 1


def test_two_taps_on_transfer_open_one_letter(committed_world: World) -> None:
    old = steps.accepted(committed_world)
    chen, deng = committed_world.actor("chen"), committed_world.actor("deng")
    places = [committed_world.bridge.pk, committed_world.north.pk]
    told = outcomes(
        [
            lambda actor=actor, place=place: departures.transfer(
                actor, registration_id=old.pk, community_id=place, reason="搬家"
            )
            for actor in (chen, deng)
            for place in places
        ]
    )
    assert told == ["done"] + ["registration.ended"] * 3
    assert Letter.objects.count() == 2
    assert Registration.objects.filter(state="submitted").count() == 1


def test_ending_and_transferring_at_once_leave_one_end(committed_world: World) -> None:
    old = steps.accepted(committed_world)
    an, deng = committed_world.actor("an"), committed_world.actor("deng")
    told = outcomes(
        [
            lambda: departures.end(
                an, registration_id=old.pk, reason="moved", ended_on=clock.today()
            ),
            lambda: departures.transfer(
                deng,
                registration_id=old.pk,
                community_id=committed_world.bridge.pk,
                reason="搬家",
            ),
        ]
    )
    assert told == ["done", "registration.ended"]
    held = steps.fresh(old)
    live = Registration.objects.filter(state="submitted").count()
    assert live == (1 if held.ended_reason == "transferred" else 0)


def test_issuing_and_transferring_at_once_leave_one_live_registration(
    committed_world: World,
) -> None:
    old = steps.accepted(committed_world)
    deng, dai = committed_world.actor("deng"), committed_world.actor("dai")
    outcomes(
        [
            lambda: departures.transfer(
                deng,
                registration_id=old.pk,
                community_id=committed_world.bridge.pk,
                reason="搬家",
            ),
            lambda: letters.issue_letters(dai, person_ids=[old.person_id]),
        ]
    )
    live = Registration.objects.filter(state__in=["issued", "submitted"])
    assert [row.community for row in live] == [committed_world.bridge]


def test_two_secretaries_decide_once(committed_world: World) -> None:
    today = clock.today()
    request = ExemptionRequest(
        committed_world.people["chen"].pk, "other", "证明", "delay", today, today
    )
    held = exemptions.request_exemption(committed_world.actor("dai"), request=request)
    committed_world.accounts["ding"] = factories.account(
        "丁二", Role.UNIT_SECRETARY, committed_world.bureau
    )
    deng, ding = committed_world.actor("deng"), committed_world.actor("ding")
    told = outcomes(
        [
            lambda: exemptions.decide_exemption(deng, exemption_id=held.pk, approve=True),
            lambda: exemptions.decide_exemption(
                ding, exemption_id=held.pk, approve=False, note="不符"
            ),
        ]
    )
    decision = f"exemption.{Exemption.objects.get(pk=held.pk).state}"
    assert told == ["done", decision]
    verbs = JournalEntry.objects.filter(about=held.pk).values_list("verb", flat=True)
    assert decision in verbs
    assert len(verbs) == 2


def test_two_clerks_ask_for_one_exemption(committed_world: World) -> None:
    today = clock.today()
    request = ExemptionRequest(
        committed_world.people["chen"].pk, "other", "证明", "delay", today, today
    )
    told = outcomes(
        [
            lambda name=name: exemptions.request_exemption(
                committed_world.actor(name), request=request
            )
            for name in ("deng", "dai")
        ]
    )
    assert told == ["done", "exemption.second"]


def test_two_clerks_together_keep_to_the_weekly_limit(committed_world: World) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        registration = steps.issued(committed_world)
    clerks = [committed_world.actor(name) for name in ("deng", "dai", "deng", "dai")]
    told = outcomes(
        [
            lambda actor=actor: checklist.remind(actor, person_ids=[registration.person_id])
            for actor in clerks
        ]
    )
    assert told == ["done", "done", "reminder.limit", "reminder.limit"]


def test_twenty_guesses_at_once_are_counted_one_by_one(committed_world: World) -> None:
    letter = steps.issued(committed_world).letter
    told = outcomes([lambda: access.open_by_letter(NOBODY, token=letter.token, tail="000000")] * 20)
    assert told == ["letter.tail-wrong"] * 5 + ["letter.tries"] * 15
    assert Account.objects.filter(person=letter.person).count() == 1
