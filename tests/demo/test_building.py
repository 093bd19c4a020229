"""The demo city: as told, in time, all of it true to the rules; and one click a role into it."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from baodao.allocation.models import AllocationLine
from baodao.claims.models import Claim
from baodao.claims.rules.lives import ClaimState
from baodao.demo import cast
from baodao.demo.allocation import TABLE
from baodao.demo.cast import CAST, CastPart
from baodao.demo.commands import Built, build
from baodao.demo.models import DemoWorld
from baodao.demo.names import Inventor
from baodao.demo.queries import castings
from baodao.demo.story import UNITS, members_of
from baodao.exemptions.models import Exemption
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.flags.models import Flag
from baodao.kernel import clock
from baodao.kernel.authz import ADMINISTRATORS, Role
from baodao.kernel.errors import Refused
from baodao.kernel.models import JournalEntry
from baodao.kernel.moments import AsOf, read_period
from baodao.offers.models import Offer
from baodao.orgs.models import Organisation
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.tree import Kind
from baodao.partnership.models import UnitRegistration
from baodao.people.models import Membership
from baodao.registration.models import Letter, Registration
from baodao.reporttables.models import OwnTableVersion
from baodao.ui.facts import subjects_of, told_facts, whom_of

pytestmark = pytest.mark.usefixtures("city")


def unit(name: str) -> Organisation:
    return Organisation.objects.get(kind=Kind.UNIT, name=name)


def in_service(name: str) -> set[str]:
    rows = Membership.objects.filter(
        branch__parent=unit(name), closed_at=None, standing="in-service"
    )
    return set(rows.values_list("person__name", flat=True))


def accepted(name: str) -> set[str]:
    rows = Registration.objects.filter(branch__parent=unit(name), state="accepted")
    return set(rows.values_list("person__name", flat=True))


def test_the_first_real_case_stands_as_it_is_told() -> None:
    members = Membership.objects.filter(branch__parent=unit(cast.CREDIT), closed_at=None)
    assert Organisation.objects.filter(parent=unit(cast.CREDIT)).count() == 12
    assert members.count() == 120
    assert len(in_service(cast.CREDIT)) == 70
    assert accepted(cast.CREDIT) == in_service(cast.CREDIT)
    assert UnitRegistration.objects.get(unit=unit(cast.CREDIT)).state == "accepted"


def test_the_clerk_of_the_tour_lacks_four_of_seventy() -> None:
    everybody = in_service(cast.COMMISSION)
    assert len(everybody) == 70
    assert everybody - accepted(cast.COMMISSION) == {"陈晓宇", "单立群", "解海波", "乐志国"}
    assert Registration.objects.get(person__name="陈晓宇").state == "issued"
    assert Exemption.objects.get(person__name="乐志国").state == "approved"


def test_the_worker_of_the_tour_has_seven_waiting_five_of_one_unit() -> None:
    waiting = Registration.objects.filter(community__name="柳荫社区", state="submitted")
    by_unit = Counter(waiting.values_list("branch__parent__name", flat=True))
    assert waiting.count() >= 7
    assert by_unit[cast.BUILDING] == 5


def test_the_member_of_the_tour_states_the_sweep_for_which_twenty_have_a_place() -> None:
    claims = Claim.objects.filter(offer__title="社区大扫除", state=ClaimState.ACTIVE)
    member = claims.get(person__name=cast.MEMBER)
    assert claims.count() == 20
    offer = Offer.objects.get(pk=member.offer_id)
    assert offer.ends_at is not None
    assert offer.ends_at < clock.now()


def test_a_few_records_stand_out_for_who_looks_through_them() -> None:
    patterns = Counter(tuple(sorted(flag.patterns)) for flag in Flag.objects.all())
    assert patterns == {("alone", "night"): 2, ("alone", "text"): 4}


def test_the_city_is_not_perfect() -> None:
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert all(states[state] for state in ("issued", "submitted", "returned", "ended", "withdrawn"))
    assert Registration.objects.exclude(moved_from=None).exists()
    assert set(Exemption.objects.values_list("state", flat=True)) == {"requested", "approved"}
    old = clock.now() - timedelta(days=7)
    assert Registration.objects.filter(state="submitted", submitted_at__lt=old).exists()
    assert not Letter.objects.filter(unit__code="U1010").exists()
    assert not Membership.objects.filter(branch__parent__code="U1011").exists()
    unit_states = set(UnitRegistration.objects.values_list("state", flat=True))
    assert unit_states == {"accepted", "submitted", "returned", "ended"}


def test_some_communities_are_crowded_and_some_have_nobody() -> None:
    hosted = Counter(
        Registration.objects.filter(state="accepted").values_list("community__name", flat=True)
    )
    communities = Organisation.objects.filter(kind=Kind.COMMUNITY).values_list("name", flat=True)
    assert hosted["柳荫社区"] > 60
    assert [name for name in communities if not hosted[name]]


def test_the_past_lies_in_the_past_and_is_told_in_order() -> None:
    now = clock.now()
    moments = list(JournalEntry.objects.values_list("at", flat=True))
    assert max(moments) < now
    assert min(moments) < now - timedelta(days=280)
    assert not Registration.objects.filter(submitted_at__gt=now).exists()
    for plan in UNITS:
        letters = Letter.objects.filter(unit__code=plan.code).order_by("issued_at", "number")
        by_year: dict[int, list[int]] = {}
        for letter in letters:
            by_year.setdefault(letter.year, []).append(letter.number)
        for numbers in by_year.values():
            assert numbers == list(range(1, len(numbers) + 1))


def test_every_acceptance_was_written_by_a_worker_of_that_community() -> None:
    rows = JournalEntry.objects.filter(verb="registration.accepted")
    names = set(rows.values_list("actor_name", flat=True))
    assert names <= {"安静", *cast.WORKERS.values()}
    assert rows.count() == Registration.objects.exclude(accepted_at=None).count()


def test_rare_characters_and_surnames_are_there() -> None:
    names = "".join(in_service(cast.CREDIT) | in_service(cast.COMMISSION))
    assert set("喆堃昇犇䶮曾单解仇") <= set(names)


def test_every_seat_of_the_tour_is_taken() -> None:
    parts = [casting.part for casting in castings()]
    assert parts == list(cast.CAST)
    assert {part.role for part in parts} >= {
        None,
        Role.COMMUNITY_WORKER,
        Role.UNIT_CLERK,
        Role.UNIT_SECRETARY,
        Role.SUPERVISOR,
        Role.SYSTEM_ADMINISTRATOR,
        Role.SECURITY_ADMINISTRATOR,
        Role.AUDIT_ADMINISTRATOR,
    }


def test_a_second_demo_in_the_same_database_is_refused(city: Built) -> None:
    with pytest.raises(Refused, match=r"demo\.not-empty"):
        build(seed=2)
    assert DemoWorld.objects.get().seed == city.seed


def test_the_same_seed_and_day_invent_the_same_people() -> None:
    day = clock.today()
    first, again, other = Inventor(1, day), Inventor(1, day), Inventor(2, day)
    told = [members_of(plan, first) for plan in UNITS]
    assert told == [members_of(plan, again) for plan in UNITS]
    assert told != [members_of(plan, other) for plan in UNITS]


CODE = re.compile(r"[a-z]+([-_:.][a-z]+)*")
NAMES = {"account", "username", "token", "prefix", "label"}
"""What people or the system have called so themselves."""


def test_no_fact_is_shown_as_its_code_and_none_is_empty() -> None:
    shown, unnamed = set(), set()
    with translation.override("zh-hans"):
        for verb, facts in JournalEntry.objects.values_list("verb", "facts"):
            kept = {name: value for name, value in facts.items() if name not in NAMES}
            for name, words in told_facts(kept):
                assert words, (verb, name)
                unnamed |= {(verb, name)} if name.isascii() else set()
                shown |= {(verb, name, one) for one in words.split("、") if CODE.fullmatch(one)}
    assert (shown, unnamed) == (set(), set())


BY_PLACE = {"resident-page.renewed"}
"""Acts on what a place has once: the place says which."""


def test_every_entry_names_what_it_is_about() -> None:
    acts = list(JournalEntry.objects.only("about", "verb", "facts"))
    named = {*subjects_of({(act.about, act.verb) for act in acts})}
    named |= {*whom_of({act.about for act in acts})}
    unnamed = {
        act.verb
        for act in acts
        if act.about not in named and not told_facts({**act.facts, "count": None})
    }
    assert unnamed <= BY_PLACE


def test_the_entrance_offers_every_role_with_one_red_button(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    for part in CAST:
        assert part.name in page
    assert page.count("btn-primary") == 1


def test_the_sign_in_page_leads_to_the_entrance(client: Client) -> None:
    assert 'href="/demo/"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("part", CAST, ids=lambda part: part.username)
def test_one_click_and_one_is_there(client: Client, part: CastPart) -> None:
    page = client.post("/demo/enter/", {"seat": part.username}, follow=True)
    assert page.status_code == 200
    assert page.wsgi_request.actor.name == part.name
    if part.role in ADMINISTRATORS:
        assert "second-step" not in page.wsgi_request.path


def test_nobody_else_can_be_entered_as(client: Client) -> None:
    assert client.post("/demo/enter/", {"seat": "worker9"}).status_code == 404
    assert client.post("/demo/enter/", {}).status_code == 404


def test_looking_at_the_address_signs_nobody_in(client: Client) -> None:
    assert client.get("/demo/enter/?seat=anjing").status_code == 405
    assert "_auth_user_id" not in client.session


def test_who_agreed_to_serve_where_help_is_missing_came_there() -> None:
    east, now = Organisation.objects.get(name="东岸区"), AsOf(clock.now())
    codes = ("hosted_invited", "hosted_units_invited")
    metrics = [METRICS[code] for code in codes]
    query = FigureQuery(east, place_then(east, now), metrics, now, read_period("", now))
    leaves = [leaf.figures for count in query.counts() for leaf in count.leaves()]
    sums = [sum(figures.get(code, 0) for figures in leaves) for code in codes]
    came = Registration.objects.filter(state="accepted", invited_by=east)
    assert sums == [came.count(), 1]
    assert came.values("community").distinct().count() >= 3, "several places are seen helped"
    asked = AllocationLine.objects.filter(allocation__authority=east, person__isnull=False)
    first = asked.filter(state="accepted")[0].allocation
    adopted = first.lines.exclude(state="proposed").count()
    assert (adopted, came.count() > 3) == (first.lines.count() // 2, True)
    assert OwnTableVersion.objects.get().title == TABLE


def test_a_member_and_a_unit_of_the_tour_have_an_invitation_to_answer() -> None:
    invited = AllocationLine.objects.filter(state="invited")
    assert invited.get(person__isnull=False).person.name == cast.INVITED  # type: ignore[union-attr]
    units = set(invited.filter(person=None).values_list("unit__name", flat=True))
    assert units & {cast.COMMISSION, cast.CREDIT}
