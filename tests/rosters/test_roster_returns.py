"""A roster undone gives back whatever it ended with who had left or died, or undoes nothing."""

from datetime import date, timedelta

import pytest
from django.test import Client

from baodao.claims.commands.claims import claim
from baodao.claims.models import Claim, Seat
from baodao.documents.models import Issue
from baodao.exemptions.models import Exemption
from baodao.identities.models import IdentityCorrection
from baodao.kernel import clock, journal
from baodao.kernel.errors import Refused
from baodao.ledger.commands.records import Confirmed, append
from baodao.ledger.rules.records import Entry, Origin
from baodao.notices.models import Notice
from baodao.orgs.commands.organisations import set_contact
from baodao.orgs.models import Organisation
from baodao.people.commands.departures import come_back
from baodao.people.models import Membership, Person, UnitTransfer
from baodao.people.queries.members import current
from baodao.registration.models import Registration
from baodao.rosters.commands import roster as commands
from baodao.rosters.commands.effects import undo_roster
from baodao.rosters.models import RosterImport
from baodao.rosters.queries.undos import effects_of, obstacles_of
from baodao.rostersheets.rules.exit_words import ExitKind
from baodao.rostersheets.rules.roster import RosterScope
from baodao.statements.models import Statement
from tests.exemptions import test_exemptions as exempting
from tests.offers import steps as offering
from tests.people import steps
from tests.registration import steps as road
from tests.rosters import sheets
from tests.rosters.test_roster_undo import applied, ten
from tests.statements import steps as stating
from tests.world import World

Facts = list[dict[str, object]]


def everything_of(person: Person) -> dict[str, Facts]:
    """What may end with a membership, as it stands."""
    claims = Claim.objects.filter(seats__person=person)
    papers = Issue.objects.filter(about__in=Registration.objects.filter(person=person).values("pk"))
    rows = {
        "registrations": Registration.objects.filter(person=person),
        "papers": papers,
        "claims": claims,
        "seats": Seat.objects.filter(person=person),
        "exemptions": Exemption.objects.filter(person=person),
        "statements": Statement.objects.filter(person=person),
        "corrections": IdentityCorrection.objects.filter(person=person),
        "transfers": UnitTransfer.objects.filter(person=person),
        "died_on": Person.objects.filter(pk=person.pk),
    }
    facts = {name: list(one.order_by("pk").values()) for name, one in rows.items()}
    facts["died_on"][0].pop("changed_at")
    return facts


def busy(world: World) -> Person:
    """Chen with all that can hang on a membership."""
    road.accepted(world)
    claim(world.actor("chen"), offer_id=offering.published(world).pk)
    stating.stated(world)
    exempting.approved(world)
    steps.proposed(world)
    return world.people["chen"]


def died(world: World, told: str) -> RosterImport:
    """A roster by which Chen died."""
    chen = world.people["chen"]
    row = sheets.person(1, 姓名=chen.name, 身份证号=chen.id_number)
    content = sheets.roster([*row, told], header=[*sheets.HEADER, "去世时间"])
    scope = RosterScope(exits={ExitKind.DIED: True})
    deng, unit = world.actor("deng"), world.bureau.pk
    commands.import_file(deng, unit_id=unit, file_name="名册.xlsx", content=content, scope=scope)
    return RosterImport.objects.latest("created_at")


@pytest.mark.parametrize("how", ["left", "died"])
def test_what_ended_with_who_was_gone_stands_again(world: World, how: str) -> None:
    chen = busy(world)
    before = everything_of(chen)
    roster = applied(world, *ten(), left=(chen,)) if how == "left" else died(world, "已去世")
    ended = everything_of(chen)
    changed = {"registrations", "papers", "claims", "exemptions", "transfers"}
    assert changed <= {name for name in before if before[name] != ended[name]}
    undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert everything_of(chen) == before
    assert current().get(person=chen).branch == world.first
    world.accounts["chen"].refresh_from_db()
    assert world.accounts["chen"].is_active
    registration = Registration.objects.get(person=chen)
    stages = registration.stages.order_by("since").values_list("state", flat=True)
    assert list(stages)[-2:] == ["ended", "accepted"]
    assert [one.verb for one in journal.timeline(registration.pk)][-1] == "registration.resumed"
    kinds = set(Notice.objects.filter(person=chen).values_list("kind", flat=True))
    assert {"registration-resumed", "claim-resumed"} <= kinds
    assert Notice.objects.filter(organisation=world.willow, kind="member-resumed").exists()


def test_a_letter_that_waited_waits_again_and_verifies(world: World) -> None:
    letter = road.issued(world)
    papers = Issue.objects.filter(about=letter.letter_id)
    assert papers.get().revoked_at is None
    roster = applied(world, *ten(), left=(world.people["chen"],))
    assert (road.fresh(letter).state, papers.get().revoked_at is None) == ("withdrawn", False)
    undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert (road.fresh(letter).state, papers.get().revoked_at) == ("issued", None)


def test_a_place_that_went_to_the_next_stands_in_the_way_of_all_of_it(world: World) -> None:
    chen, offer = offering.chen(world), offering.published(world, places=1)
    [mine] = offering.claimed(offer, chen)
    [next_one] = offering.claimed(offer, *offering.registered(world, 1))
    roster = applied(world, *ten(), left=(world.people["chen"],))
    assert offering.fresh(next_one).state == "invited"
    client = Client()
    client.force_login(world.accounts["deng"])
    page = client.get(f"/people/rosters/{roster.pk}/undo/").content.decode()
    assert "名额已递补给下一位" in page
    assert "没有作任何改动" in page
    assert "撤销它" not in page
    with pytest.raises(Refused, match=r"roster\.built-on") as refusal:
        undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert world.people["chen"].name in refusal.value.text()
    assert offering.fresh(mine).state == "left"
    assert not current().filter(person=world.people["chen"]).exists()
    assert Registration.objects.get(person=world.people["chen"]).state == "ended"


def test_a_place_taken_after_it_was_found_free_is_not_given_twice(world: World) -> None:
    """Between looking and locking the offer another claims."""
    chen, offer = offering.chen(world), offering.published(world, places=1)
    [mine] = offering.claimed(offer, chen)
    effects = effects_of(applied(world, *ten(), left=(world.people["chen"],)))
    assert not obstacles_of(effects)
    [other] = offering.claimed(offer, *offering.registered(world, 1))
    with pytest.raises(Refused, match=r"claim\.place-taken"):
        come_back(world.actor("deng"), effects.ended)
    assert [offering.fresh(row).state for row in (mine, other)] == ["left", "active"]


@pytest.mark.parametrize("place", ["willow", "first"])
def test_a_place_that_was_closed_since_stands_in_the_way(world: World, place: str) -> None:
    chen = world.people["chen"]
    road.accepted(world)
    roster = applied(world, *ten(), left=(chen,))
    Organisation.objects.filter(pk=world.places[place].pk).update(closed_at=clock.now())
    with pytest.raises(Refused, match=r"roster\.built-on") as refusal:
        undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert "已关闭" in refusal.value.text()


def test_a_contact_who_had_left_is_named_again_unless_somebody_else_is(world: World) -> None:
    chen, unit = world.people["chen"], Organisation.objects.filter(pk=world.bureau.pk)
    named = {"contact_name": chen.name, "contact_phone": "0990-5501234"}
    set_contact(world.actor("deng"), organisation_id=world.bureau.pk, **named)
    roster = applied(world, *ten(), left=(chen,))
    assert unit.get().contact_name == ""
    undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert (unit.get().contact_name, unit.get().contact_phone) == tuple(named.values())
    roster = applied(world, *ten(), left=(chen,))
    other = named | {"contact_name": "邓民"}
    set_contact(world.actor("deng"), organisation_id=world.bureau.pk, **other)
    undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert unit.get().contact_name == "邓民"


@pytest.mark.parametrize(
    ("told", "on"),
    [("2026.3.5", date(2026, 3, 5)), ("2026年3月", date(2026, 3, 31)), ("已去世", None)],
)
def test_nobody_serves_after_the_day_of_death_that_a_roster_tells(
    world: World, told: str, on: date | None
) -> None:
    died(world, told)
    chen, day = Person.objects.get(pk=world.people["chen"].pk), on or clock.today()
    assert chen.died_on == day
    assert Membership.objects.get(person=chen).ending == "died"
    with clock.at(clock.now() + timedelta(days=5)):
        for later, code in ((1, "record.after-death"), (0, None)):
            entry = Entry(chen.pk, day + timedelta(days=later), 60, "environment", "post")
            batch = append(
                world.actor("an"),
                entries={world.willow: [entry]},
                confirmed=Confirmed(Origin.OFFICE, "安静"),
            )
            assert [no.code for _, no in batch.refused] == ([code] if code else [])


def test_a_roster_that_has_somebody_again_takes_their_death_back(world: World) -> None:
    chen = world.people["chen"]
    died(world, "2026.3.5")
    row = sheets.person(1, 姓名=chen.name, 身份证号=chen.id_number)
    roster = applied(world, row)
    assert Person.objects.get(pk=chen.pk).died_on is None
    undo_roster(world.actor("deng"), roster_id=roster.pk)
    assert Person.objects.get(pk=chen.pk).died_on == date(2026, 3, 5)
