"""Who sees and does what of a member while a relation holds, and once it is over.

Chen reported to An's community as a member of Deng's bureau, became a member of He's commission,
and changed everything about themselves afterwards.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils.translation import gettext, override
from openpyxl import load_workbook

from baodao.checklist import commands as checklist
from baodao.exemptions import commands as exemptions
from baodao.exemptions.commands import ExemptionRequest
from baodao.kernel import clock
from baodao.kernel.authz import Role
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.models import JournalEntry
from baodao.notices.models import Notice
from baodao.orgs.models import Organisation
from baodao.people.commands.departures import end_membership
from baodao.people.commands.numbers import unmask
from baodao.people.models import Membership, Person
from baodao.people.rules.departures import Ending
from baodao.registration.commands import arrivals, departures, letters, presentations
from baodao.registration.models import Registration
from tests import factories
from tests.programs import program
from tests.registration import steps
from tests.registration.browsing import browser, text
from tests.world import World

LATER = ("北门路9号", "新科长", "急救", "8888")
"""What Chen's facts say since: address, position, specialty, the end of the telephone."""

CLOSE = {
    "Unit", "Branch", "Volunteer number", "Telephone", "Sex", "Born", "Joined the Party", "Grade",
    "Standing", "Position", "Professional specialty", "Interests", "Wish to serve", "Free times",
    "Home address", "Lives in this city", "Ethnic group", "Education",
}  # fmt: skip
OUTLINE = {"Unit", "Branch", "Volunteer number"}
LABELS = {
    "deng": OUTLINE,
    "he": CLOSE | {"ID number", "Community where you live"},
    "an": CLOSE - {"Grade", "Standing", "Lives in this city"},
    "qin": OUTLINE,
}
"""By viewer: the unit of before, the unit, the community, the branch of before."""

PAPERS = ("introduction-letter", "report-slip", "receipt", "registration-card")


@dataclass
class Scene:
    """The world after the move, and Chen's registration."""

    world: World
    registration: Registration

    @property
    def person(self) -> Person:
        return self.world.people["chen"]

    def changed(self) -> None:
        """Everything about Chen is another thing now."""
        Person.objects.filter(pk=self.person.pk).update(
            address=LATER[0], position=LATER[1], specialty=LATER[2]
        )
        person = Person.objects.get(pk=self.person.pk)
        person.phone = "1991111" + LATER[3]
        person.save()


def move_on(world: World, to: Organisation) -> None:
    """Chen is a member of another branch from now on."""
    now, person = clock.now(), world.people["chen"]
    Membership.objects.filter(person=person, closed_at=None).update(
        closed_at=now, ending=Ending.TRANSFERRED
    )
    Membership.objects.create(
        person=person, branch=to, standing="in-service", grade="full",
        from_on=clock.today(), recorded_at=now,
    )  # fmt: skip


@pytest.fixture
def moved(world: World) -> Scene:
    """Accepted ten days ago, a member of the commission for five."""
    world.accounts["he"] = factories.account(
        "何书记", Role.UNIT_SECRETARY, world.commission, username="he"
    )
    months_ago = clock.now() - timedelta(days=60)
    Membership.objects.filter(person=world.people["chen"]).update(recorded_at=months_ago)
    with clock.at(clock.now() - timedelta(days=10)):
        registration = steps.accepted(world)
    with clock.at(clock.now() - timedelta(days=5)):
        move_on(world, world.office)
    scene = Scene(world, registration)
    scene.changed()
    return scene


def read(response: HttpResponse) -> list[list[object]]:
    """The rows of a downloaded list, below its title."""
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def translated(words: Iterable[str]) -> list[str]:
    """These words as the pages of the tests show them."""
    with override("zh-hans"):
        return [gettext(word) for word in words]


def labels(page: str) -> set[str]:
    """The labels of the personal facts on a page."""
    facts = re.search(r'<dl class="facts">(.*?)</dl>', page)
    assert facts
    return set(re.findall(r"<dt>(.*?)</dt>", facts[1]))


@pytest.mark.parametrize("name", sorted(LABELS))
def test_the_page_of_a_person_shows_the_facts_of_the_relation(moved: Scene, name: str) -> None:
    page = text(browser(moved.world, name).get(f"/persons/{moved.person.pk}/"))
    assert labels(page) == set(translated(LABELS[name]))
    unit = "区城建局机关党委" if LABELS[name] == OUTLINE else "市发展委机关党委"
    assert f"<dd>{unit}</dd>" in page
    assert {word in page for word in LATER} == {LABELS[name] != OUTLINE}


def test_nothing_of_later_shows_to_the_unit_of_before(moved: Scene) -> None:
    before = text(browser(moved.world, "deng").get(f"/persons/{moved.person.pk}/"))
    departures.end(
        moved.world.actor("he"),
        registration_id=moved.registration.pk,
        reason="moved",
        ended_on=clock.today(),
    )
    after = text(browser(moved.world, "deng").get(f"/persons/{moved.person.pk}/"))
    for page in (before, after):
        assert "已报到" in page
        assert "已结束" not in page
        assert not re.findall(r"registrations/[^\"]*/(end|transfer|withdraw|place|return)/", page)
        assert not re.findall(r"\.pdf|unmask|people/[^\"]*/edit", page)
        assert not any(word in page for word in LATER)
    strip = re.compile(r'name="client_id" value="[^"]*"|csrf[^>]*>|nonce="[^"]*"')
    assert strip.sub("", before) == strip.sub("", after)


def test_the_community_of_before_reads_an_outline(moved: Scene) -> None:
    departures.transfer(
        moved.world.actor("chen"),
        registration_id=moved.registration.pk,
        community_id=moved.world.north.pk,
        reason="搬家",
    )
    page = text(browser(moved.world, "an").get(f"/persons/{moved.person.pk}/"))
    assert labels(page) == set(translated(OUTLINE))
    assert "<dd>区城建局机关党委</dd>" in page
    assert not any(word in page for word in (*LATER, "unmask", ".pdf", "/end/"))
    an = browser(moved.world, "an")
    for paper in PAPERS:
        address = f"/registrations/{moved.registration.pk}/{paper}.pdf"
        assert an.get(address).status_code == 404
    assert an.get(f"/people/{moved.person.pk}/unmask/").status_code == 404
    assert "“在册或已结束”没有“over”这一项" in text(an.get("/members/?presence=over"))
    rows = read(an.get("/members/?presence=ended&export=xlsx"))
    assert rows[0] == translated(
        [
            *("Name", "Volunteer number", "Unit then"),
            "Registered on",
            "Receipt",
            "Ended on",
            "Why it ends",
        ]
    )
    assert rows[1][:3] == ["陈晓宇", moved.person.number, "区城建局机关党委"]
    assert len(rows) == 2
    assert an.get("/members/cards.pdf?presence=ended").status_code == 404


def test_a_letter_that_was_only_returned_opens_nothing(world: World) -> None:
    registration = steps.returned(world)
    an, person = browser(world, "an"), registration.person_id
    assert an.get(f"/persons/{person}/").status_code == 404
    assert an.get(f"/people/{person}/unmask/").status_code == 404
    assert (
        program(world, "an", "willow").get(f"/registrations/{registration.pk}/").status_code == 404
    )
    for paper in PAPERS[:2]:
        assert an.get(f"/registrations/{registration.pk}/{paper}.pdf").status_code == 404
    page = text(an.get(f"/l/{registration.letter.token}/"))
    assert "家庭住址" not in page
    assert "地址不符" in page


@pytest.mark.parametrize(("name", "status"), [("deng", 404), ("he", 200), ("an", 200)])
def test_papers_follow_the_relation_in_force(moved: Scene, name: str, status: int) -> None:
    client = browser(moved.world, name)
    for paper in PAPERS:
        address = f"/registrations/{moved.registration.pk}/{paper}.html"
        assert client.get(address).status_code == status


def test_the_api_tells_the_same(moved: Scene) -> None:
    world, row = moved.world, moved.registration
    departures.end(
        world.actor("he"), registration_id=row.pk, reason="moved", ended_on=clock.today()
    )
    deng, he = program(world, "deng", "bureau"), program(world, "he", "commission")
    assert deng.get("/registrations/").json()["items"] == []
    assert he.get("/registrations/").json()["items"][0]["state"] == "ended"
    [item] = deng.get("/registrations/?past=true").json()["items"]
    assert item == deng.get(f"/registrations/{row.pk}/").json()
    assert (item["state"], item["ended_on"], item["unit"]["name"]) == (
        "accepted", None, "区城建局机关党委",
    )  # fmt: skip
    sentences = [
        entry["sentence"]
        for entry in deng.get(f"/registrations/{row.pk}/timeline/").json()["items"]
    ]
    assert not any(sentence.startswith("Ended") for sentence in sentences)
    assert len(sentences) == 3
    ending = {"reason": "moved", "ended_on": clock.today().isoformat()}
    assert deng.post(f"/registrations/{row.pk}/end/", ending).status_code == 404


def test_the_unit_of_before_does_nothing(moved: Scene) -> None:
    """Every act of a unit on a registration and its person, through the real commands."""
    world, registration, person = moved.world, moved.registration, moved.person
    for name in ("deng", "dai", "qin"):
        actor, row = world.actor(name), registration.pk
        with pytest.raises(Absent):
            departures.end(actor, registration_id=row, reason="moved", ended_on=clock.today())
        with pytest.raises(Absent):
            departures.withdraw(actor, registration_id=row, reason="收回")
        with pytest.raises(Absent):
            departures.transfer(
                actor, registration_id=row, community_id=world.bridge.pk, reason="搬家"
            )
        with pytest.raises(Absent):
            presentations.present_group(actor, registration_ids=[row])
        with pytest.raises(Absent):
            letters.note_print(actor, registration_ids=[row], form="receipt")
        with pytest.raises(Absent):
            letters.issue_letters(actor, person_ids=[person.pk])
        with pytest.raises(Absent):
            checklist.remind(actor, person_ids=[person.pk])
        with pytest.raises(Absent):
            unmask(actor, person_id=person.pk, field="phone", reason="联系本人")
        with pytest.raises(Absent):
            exemptions.request_exemption(actor, request=leave_of(world))
    assert steps.fresh(registration).state == "accepted"


def leave_of(world: World) -> ExemptionRequest:
    today = clock.today()
    person = world.people["chen"].pk
    return ExemptionRequest(person, "maternity", "证明", "delay", today, today + timedelta(days=90))


def test_an_exemption_goes_with_the_member(world: World) -> None:
    world.accounts["he"] = factories.account(
        "何书记", Role.UNIT_SECRETARY, world.commission, username="he"
    )
    request = exemptions.request_exemption(world.actor("dai"), request=leave_of(world))
    move_on(world, world.office)
    deng, he = world.actor("deng"), world.actor("he")
    with pytest.raises(Absent):
        exemptions.decide_exemption(deng, exemption_id=request.pk, approve=True)
    with pytest.raises(Absent):
        exemptions.revoke_exemption(deng, exemption_id=request.pk, reason="已到期")
    assert "陈晓宇" not in text(browser(world, "deng").get("/exemptions/"))
    assert "陈晓宇" in text(browser(world, "he").get("/exemptions/"))
    exemptions.decide_exemption(he, exemption_id=request.pk, approve=True)
    entry = JournalEntry.objects.get(about=request.pk, verb="exemption.approved")
    assert entry.scope_id == world.commission.pk


def test_the_new_unit_presents_withdraws_and_reads_the_letter(world: World) -> None:
    world.accounts["he"] = factories.account(
        "何书记", Role.UNIT_SECRETARY, world.commission, username="he"
    )
    registration = steps.issued(world)
    move_on(world, world.office)
    he = world.actor("he")
    assert registration.letter.number_text in text(browser(world, "he").get("/letters/"))
    presentations.present_group(he, registration_ids=[registration.pk])
    departures.withdraw(he, registration_id=registration.pk, reason="重开")
    assert steps.fresh(registration).state == "withdrawn"
    entry = JournalEntry.objects.get(about=registration.pk, verb="registration.withdrawn")
    assert entry.scope_id == world.commission.pk


def test_receipts_and_returns_go_to_the_unit_of_that_day(world: World) -> None:
    registration = steps.submitted(world)
    move_on(world, world.office)
    arrivals.accept(world.actor("an"), registration_ids=[registration.pk])
    kinds = Notice.objects.filter(kind="receipts-arrived")
    assert [row.organisation_id for row in kinds] == [world.commission.pk]
    departures.end(
        world.actor("an"), registration_id=registration.pk, reason="moved", ended_on=clock.today()
    )
    told = Notice.objects.filter(kind="member-ended").values_list("organisation", flat=True)
    assert set(told) == {world.commission.pk, world.willow.pk}


@pytest.mark.parametrize(
    ("ending", "words"), [(Ending.DIED, "去世"), (Ending.LEFT, "已离开")], ids=str
)
def test_what_is_over_is_called_what_it_is(world: World, ending: Ending, words: str) -> None:
    registration = steps.accepted(world)
    end_membership(
        world.actor("deng"),
        person_id=registration.person_id,
        ending=ending,
        on=clock.today(),
    )
    deng = browser(world, "deng")
    page = text(deng.get(f"/persons/{registration.person_id}/"))
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert headline
    assert words in headline[1]
    assert "已报到" not in headline[1]
    assert "当时已报到" in page
    letters = text(deng.get("/letters/?presence=ended"))
    assert words in letters
    assert "转出" not in letters


def test_the_lists_of_letters_tell_then_from_now(moved: Scene) -> None:
    deng = browser(moved.world, "deng")
    assert "陈晓宇" not in text(deng.get("/letters/"))
    rows = read(deng.get("/letters/?presence=ended&export=xlsx"))
    assert rows[0] == translated(
        [
            "Number", "Name", "Branch", "Community", "State then", "Issued on", "Registered on",
            "Receipt", "Member until", "What became of the member",
        ]
    )  # fmt: skip
    assert rows[1][1:5] == ["陈晓宇", "第一党支部", "柳荫社区", "已报到"]
    assert rows[1][9] == "转到其他单位"
    page = text(deng.get("/letters/?presence=ended&q=8888"))
    assert "陈晓宇" not in page
    page = deng.get("/letters/?presence=ended").content.decode()
    assert "/letters/print/" not in page


def test_a_closed_community_accepts_no_letter(world: World) -> None:
    registration = steps.issued(world)
    [other] = steps.members(world, 1)
    waiting = steps.submitted(world, other)
    Organisation.objects.filter(pk=world.willow.pk).update(closed_at=clock.now())
    with pytest.raises(Refused, match="organisation"):
        presentations.present(world.actor("chen"), registration_id=registration.pk)
    batch = presentations.present_group(world.actor("deng"), registration_ids=[registration.pk])
    assert [refused.code for _, refused in batch.refused] == ["organisation.is-closed"]
    batch = arrivals.accept(world.actor("an"), registration_ids=[registration.pk, waiting.pk])
    assert batch.done == []
    page = browser(world, "chen").post(
        f"/me/present/{registration.pk}/", {"client_id": uuid4()}, follow=True
    )
    assert "柳荫社区" in page.content.decode()
    assert steps.fresh(registration).state == "issued"
