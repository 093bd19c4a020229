"""Two entries of one person have a card each: none is lost when they become one."""

import pytest

from baodao.appraisal.commands.drafts import draft_cards
from baodao.appraisal.commands.signatures import sign_cards
from baodao.appraisal.models import FeedbackCard
from baodao.appraisal.queries.cards import card_of, lines_aside
from baodao.appraisal.rules.life import weight
from baodao.identities.commands.merges import confirm_merge, propose_merge, undo_merge
from baodao.identities.models import PersonMerge
from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.people.models import Person
from baodao.registration.commands.departures import end
from baodao.registration.models import Registration
from tests import factories
from tests.appraisal import steps
from tests.registration.browsing import browser, text
from tests.world import World

OTHER = "热心邻里，随叫随到。"


@pytest.fixture
def twice(world: World) -> Person:
    """Chen once more in the second branch: both are registered in An's community, and served."""
    chen = world.people["chen"]
    with clock.at(steps.on(3, 1)):
        person = factories.member("陈晓宇", world.second, sex=chen.sex, born_on=chen.born_on)
    Person.objects.filter(pk=person.pk).update(home_community=world.willow)
    for one in (chen, person):
        steps.registered(world, one)
        steps.served(world, one)
    return person


def cards(world: World) -> tuple[FeedbackCard, FeedbackCard]:
    """The drafts of the year: of Chen, and of the other entry."""
    steps.drafted(world)
    chen = world.people["chen"]
    return FeedbackCard.objects.get(person=chen), FeedbackCard.objects.exclude(person=chen).get()


def merged(world: World, twice: Person) -> PersonMerge:
    """One person; the registration of the other entry was ended before."""
    registration = Registration.objects.get(person=twice)
    end(
        world.actor("deng"),
        registration_id=registration.pk,
        reason="moved",
        ended_on=clock.today(),
    )
    proof = {"reason": "登记了两次", "evidence": "身份证复印件"}
    chen = world.people["chen"]
    merge = propose_merge(world.actor("dai"), person_id=chen.pk, number=twice.number, **proof)
    return confirm_merge(world.actor("deng"), merge_id=merge.pk)


def undone(world: World, merge: PersonMerge) -> None:
    undo_merge(world.actor("dai"), merge_id=merge.pk)


def states(*rows: FeedbackCard) -> list[tuple[str, object]]:
    return [(row.state, row.person_id) for row in map(steps.fresh, rows)]


def test_of_two_drafts_one_stays_and_both_lines_are_seen(world: World, twice: Person) -> None:
    ours, theirs = cards(world)
    steps.judged(world, [ours])
    steps.judged(world, [theirs], OTHER)
    with clock.at(steps.on(12, 5)):
        merge = merged(world, twice)
        chen = world.people["chen"]
        assert states(ours, theirs) == [("draft", chen.pk), ("aside", chen.pk)]
        for path in (f"/feedback/?year={steps.YEAR}", f"/feedback/{ours.pk}/"):
            page = text(browser(world, "an").get(path))
            assert steps.LINE in page
            assert f"另拟评价：“{OTHER}”（柳荫社区，安静）" in page
        steps.drafted(world, steps.on(12, 6))
        assert lines_aside([steps.fresh(ours)])[ours.pk][0].judgement == OTHER
        undone(world, merge)
    assert states(ours, theirs) == [("draft", chen.pk), ("draft", twice.pk)]
    assert steps.fresh(theirs).judgement == OTHER


def test_a_draft_with_a_line_stays_before_one_without(world: World, twice: Person) -> None:
    ours, theirs = cards(world)
    steps.judged(world, [theirs], OTHER)
    with clock.at(steps.on(12, 5)):
        merge = merged(world, twice)
        chen = world.people["chen"]
        assert states(ours, theirs) == [("aside", chen.pk), ("draft", chen.pk)]
    with clock.at(steps.on(12, 6)):
        draft = card_of(world.actor("an"), theirs.pk)
        assert (draft.judgement, draft.services) == (OTHER, 2)
        assert lines_aside([draft]) == {}
        undone(world, merge)
    assert states(ours, theirs) == [("draft", chen.pk), ("draft", twice.pk)]


def test_a_signed_card_stays_before_a_draft(world: World, twice: Person) -> None:
    ours, theirs = cards(world)
    ids = steps.judged(world, [theirs], OTHER)
    steps.judged(world, [ours])
    with clock.at(steps.on(12, 5)):
        assert sign_cards(world.actor("ji"), card_ids=ids).refused == []
        merged(world, twice)
        assert states(ours, theirs)[0][0] == "aside"
        assert states(ours, theirs)[1] == ("signed", world.people["chen"].pk)
        assert steps.LINE in text(browser(world, "an").get(f"/feedback/{theirs.pk}/"))
        for name in ("deng", "fan"):
            assert steps.LINE not in text(browser(world, name).get(f"/feedback/{theirs.pk}/"))


def test_two_signed_cards_stand_in_the_way(world: World, twice: Person) -> None:
    ids = steps.judged(world, cards(world))
    with clock.at(steps.on(12, 5)):
        sign_cards(world.actor("ji"), card_ids=ids)
        with pytest.raises(Refused, match=r"merge\.conflict"):
            merged(world, twice)
    assert not FeedbackCard.objects.filter(state="aside").exists()


def test_an_undo_leaves_aside_what_another_draft_has_replaced(world: World, twice: Person) -> None:
    ours, theirs = cards(world)
    steps.judged(world, [theirs], OTHER)
    steps.judged(world, [ours])
    with clock.at(steps.on(12, 5)):
        merge = merged(world, twice)
        FeedbackCard.objects.filter(pk=ours.pk).update(person=twice)
        undone(world, merge)
    assert states(ours, theirs) == [("draft", twice.pk), ("aside", twice.pk)]


@pytest.mark.parametrize(
    ("state", "judgement", "expected"),
    [("draft", "", 0), ("draft", "好", 1), ("signed", "好", 3), ("read", "好", 3)],
)
def test_what_weighs_more_stays(state: str, judgement: str, expected: int) -> None:
    assert weight(state, judgement) == expected


def test_nobody_drafts_again_what_gave_way(world: World, twice: Person) -> None:
    cards(world)
    with clock.at(steps.on(12, 5)):
        merged(world, twice)
        rows = draft_cards(world.actor("an"), community_id=world.willow.pk, year=steps.YEAR)
    assert [row.person_id for row in rows] == [world.people["chen"].pk]
