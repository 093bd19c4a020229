"""Several people at one need and what answers it, each with a connection of their own.

Beside a race stands the same body as a negative control with an act that does not lock; there the
harm is seen.
"""

from django.db import transaction

from baodao.kernel import clock
from baodao.needs.commands.needs import close_need, merge
from baodao.needs.models import Need
from baodao.needs.rules.life import NEED, NeedState
from baodao.offers.commands.answers import draft_offer, open_needs
from baodao.offers.commands.offers import publish
from baodao.offers.models import Offer
from tests.concurrency import Meeting
from tests.needs.steps import fresh, need
from tests.needs.test_races import outcomes, workers
from tests.offers.answers import answered, offer, offer_of
from tests.world import World


def test_two_taps_draft_one_offer(committed_world: World) -> None:
    row = need(committed_world)
    told = outcomes(
        [
            lambda actor=actor, kind=kind: draft_offer(actor, need_id=row.pk, kind=kind)
            for actor, kind in zip(
                workers(committed_world) * 2, ["post", "activity"] * 2, strict=True
            )
        ]
    )
    assert told == ["done"] * 4
    assert list(Offer.objects.all()) == [offer_of(row)]


def test_a_need_closed_while_its_offer_is_published_is_not_opened_again(
    committed_world: World,
) -> None:
    draft = offer(committed_world, "draft")
    row = answered(committed_world, draft, "screened")
    an, ai = workers(committed_world)
    told = outcomes(
        [
            lambda: open_needs(an, offer=draft),
            lambda: close_need(ai, need_id=row.pk, met=False, reason="已自行解决"),
        ]
    )
    held = fresh(row)
    assert told == ["done", "done"]
    assert (held.state, held.closed_at is None) == ("unmet", False)


def test_without_the_lock_a_closed_need_would_open(committed_world: World) -> None:
    draft = offer(committed_world, "draft")
    row, meeting = answered(committed_world, draft, "screened"), Meeting(2)
    an, _ = workers(committed_world)

    def open_unlocked() -> None:
        with transaction.atomic():
            held = Need.objects.get(pk=row.pk)
            meeting.wait()
            meeting.wait()
            held.state, held.opened_at = NEED.move(held.state, NeedState.OPEN), clock.now()
            held.save(update_fields=["state", "opened_at"])

    def close() -> None:
        meeting.wait()
        close_need(an, need_id=row.pk, met=False, reason="已自行解决")
        meeting.wait()

    assert outcomes([open_unlocked, close]) == ["done", "done"]
    assert (fresh(row).state, fresh(row).closed_at is None) == ("open", False)


def test_a_draft_is_published_while_its_need_is_merged_and_no_need_is_forgotten(
    committed_world: World,
) -> None:
    an, ai = workers(committed_world)
    for _ in range(5):
        draft, into = offer(committed_world, "draft"), need(committed_world)
        row = answered(committed_world, draft, "screened")
        told = outcomes(
            [
                lambda draft=draft: publish(an, offer_id=draft.pk),
                lambda row=row, into=into: merge(ai, need_id=row.pk, into_id=into.pk),
            ]
        )
        merged = fresh(row).state == "merged"
        assert told == ["done", "done" if merged else "need.open"]
        helped = into if merged else row
        assert (fresh(helped).state, offer_of(helped)) == ("open", draft)
