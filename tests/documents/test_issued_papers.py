"""A paper once issued is printed again as it was issued, whatever the world became since."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from baodao.appraisal.commands.opinions import give_opinion
from baodao.documents.catalogue import papers as papers_of_catalogue
from baodao.documents.models import Issue
from baodao.documents.queries import issue_of, issued_papers
from baodao.identities.commands.corrections import confirm_number, propose_number
from baodao.identities.commands.merges import confirm_merge, propose_merge
from baodao.insight.commands.tables import issue_table
from baodao.kernel import clock
from baodao.kernel.errors import Absent
from baodao.kernel.moments import AsOf
from baodao.kernel.sealed import stores
from baodao.ledger.commands.corrections import reverse as reverse_record
from baodao.ledger.models import ServiceRecord
from baodao.orgs.commands import organisations
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.partnership.commands import registrations as partnership
from baodao.partnership.commands.registrations import UnitContact
from baodao.people.commands.departures import end_membership
from baodao.people.commands.facts import edit_person
from baodao.people.commands.memberships import NewMember, add_member
from baodao.people.facts import Viewer
from baodao.people.models import Membership
from baodao.people.queries.facts import present_facts
from baodao.people.rules.departures import Ending
from baodao.registration.commands import papers, placements
from baodao.registration.models import Registration
from baodao.statements.commands.sheets import issue_sheet
from tests import factories
from tests.appraisal import steps as appraisal
from tests.documents.test_catalogue import REPORT_TABLES
from tests.ledger import steps as ledger
from tests.orgs.steps import move
from tests.orgs.test_reorganisations import done
from tests.people.steps import clerk_elsewhere, facts, transferred
from tests.registration import steps
from tests.world import World


@pytest.fixture
def here(world: World) -> World:
    """Chen, received by An, with an hour of service; whoever is drawn was there before that year,
    whenever this runs."""
    Organisation.objects.update(opened_at=appraisal.on(1, 1))
    Membership.objects.update(recorded_at=appraisal.on(1, 1))
    with clock.at(appraisal.on(3, 2)):
        steps.accepted(world)
    appraisal.served(world)
    return world


def registration_of(world: World) -> Registration:
    return Registration.objects.get(person=world.people["chen"])


def text_of(world: World, who: str, address: str) -> str:
    """The paper at this address as PDF, read back."""
    client = Client()
    client.force_login(world.accounts[who])
    reply = client.get(address)
    assert reply.status_code == 200, address
    return "".join(page.extract_text() for page in PdfReader(BytesIO(reply.content)).pages)


def change_the_world(world: World) -> None:
    """Unit, community and branch get other names, the unit another parent; the person another
    name, position and branch; the record of their service is taken back."""
    with clock.at(appraisal.on(12, 20)):
        sun, renamed = world.actor("sun"), {"bureau": "区住建局党委", "willow": "新柳社区"}
        for key, name in renamed.items():
            organisations.rename(sun, organisation_id=world.places[key].pk, name=name)
            organisations.set_contact(
                sun,
                organisation_id=world.places[key].pk,
                contact_name="新联系人",
                contact_phone="010-99990000",
            )
        move(sun, organisation_id=world.bureau.pk, parent_id=world.west.pk)
        values = present_facts(world.people["chen"], Viewer.UNIT) | {
            "name": "陈改名",
            "position": "新职务",
            "branch": Organisation.objects.get(pk=world.second.pk),
            "home_community": Organisation.objects.get(pk=world.willow.pk),
            "phone": "19911112222",
        }
        edit_person(world.actor("deng"), person_id=world.people["chen"].pk, values=values)
        for record in ServiceRecord.objects.filter(reverses=None):
            reverse_record(
                world.actor("an"), community_id=world.willow.pk, record_id=record.id, reason="记错"
            )


def letter(world: World) -> str:
    pk = registration_of(world).pk
    return reverse("registration:paper", args=[pk, "introduction-letter", "pdf"])


def slip(world: World) -> str:
    return reverse("registration:paper", args=[registration_of(world).pk, "report-slip", "pdf"])


def receipt(world: World) -> str:
    return reverse("registration:paper", args=[registration_of(world).pk, "receipt", "pdf"])


def card(world: World) -> str:
    pk = registration_of(world).pk
    return reverse("registration:paper", args=[pk, "registration-card", "pdf"])


def contact(world: World) -> str:
    form = partnership.present(
        world.actor("deng"),
        unit_id=world.bureau.pk,
        community_id=world.willow.pk,
        contact=UnitContact("邓敏", "戴文", "010-66661111"),
    )
    partnership.accept(world.actor("an"), unit_registration_id=form.pk)
    return reverse("partnership:paper", args=[form.pk, "pdf"])


def sheet(world: World) -> str:
    row = issue_sheet(
        world.actor("an"),
        community_id=world.willow.pk,
        person_id=world.people["chen"].pk,
        since=ledger.DAY,
        until=ledger.DAY,
    )
    return reverse("statements:issued_sheet", args=[row.pk, "pdf"])


def feedback(world: World) -> str:
    [row] = appraisal.signed(world)
    return reverse("appraisal:paper", args=[row.pk, "pdf"])


def table(world: World) -> str:
    issued = issue_table(world.actor("an"), code=world.willow.code, as_of=AsOf(clock.now(), None))
    return reverse("insight:issued", args=[issued.pk, "pdf"])


PAPERS: dict[Callable[[World], str], str] = {
    letter: "deng",
    slip: "an",
    receipt: "an",
    card: "an",
    contact: "an",
    sheet: "an",
    feedback: "an",
    table: "an",
}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_printed_again_as_it_was_issued(
    here: World, paper: Callable[[World], str]
) -> None:
    with clock.at(appraisal.on(12, 12)):
        address = paper(here)
        before = text_of(here, PAPERS[paper], address)
        code = before if paper is table else "陈晓宇"
    assert code in before or paper is contact
    change_the_world(here)
    with clock.at(appraisal.on(12, 21)):
        after = text_of(here, PAPERS[paper], address)
    assert after == before
    for present in ("陈改名", "新柳社区", "区住建局党委", "新联系人", "新职务"):
        assert present not in after


def _merged(world: World) -> None:
    done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))


def _dissolved(world: World) -> None:
    done(world, world.willow, Aim(Reform.DISSOLVED))


def _another_number(world: World) -> None:
    number = factories.id_number(sex="f")
    pk, proof = world.people["chen"].pk, {"reason": "名册录错", "evidence": "身份证原件"}
    proposal = propose_number(world.actor("dai"), person_id=pk, id_number=number, **proof)
    confirm_number(world.actor("deng"), correction_id=proposal.pk, id_number=number)


def _one_of_two(world: World) -> None:
    """Chen's entry was the mistaken one, and goes on as another of their unit."""
    chen = world.people["chen"]
    kept = factories.member("陈改名", world.second, sex=chen.sex, born_on=chen.born_on)
    proof = {"reason": "登记了两次", "evidence": "身份证复印件"}
    proposal = propose_merge(
        world.actor("dai"), person_id=kept.pk, number=chen.number, number_wrong=True, **proof
    )
    confirm_merge(world.actor("deng"), merge_id=proposal.pk)


def _died(world: World) -> None:
    pk = world.people["chen"].pk
    end_membership(world.actor("dai"), person_id=pk, ending=Ending.DIED, on=clock.today())


def _left(world: World) -> None:
    pk = world.people["chen"].pk
    end_membership(world.actor("dai"), person_id=pk, ending=Ending.LEFT, on=clock.today())


def printed(world: World, address: str) -> bytes:
    """The paper as PDF, for the first of those who may have it now; nothing where nobody may. The
    file says when it was printed: always at the same instant."""
    for who in ("an", "bao", "deng", "chen", "fan"):
        client = Client()
        client.force_login(world.accounts[who])
        with clock.at(appraisal.on(12, 12)):
            reply = client.get(address)
        if reply.status_code == 200:
            content: bytes = reply.content
            return content
    return b""


def verified() -> list[tuple[object, ...]]:
    """What is said of each paper to whoever verifies it, but for its ending."""
    for issue in Issue.objects.all():
        assert Client().get(reverse("documents:verify", args=[issue.token])).status_code == 200
    about = Issue.objects.order_by("pk").values_list("about", flat=True)
    papers = issued_papers(list(about))
    return [(paper.facts, dataclasses.replace(paper.verified, revoked_on=None)) for paper in papers]


CHANGES = [_merged, _dissolved, _another_number, _one_of_two, _died, _left]


@pytest.mark.parametrize("change", CHANGES)
def test_all_papers_stay_as_issued_when_organisations_and_people_end(
    here: World, change: Callable[[World], None]
) -> None:
    with clock.at(appraisal.on(12, 12)):
        addresses = [paper(here) for paper in PAPERS]
        before = [printed(here, address) for address in addresses]
        told = verified()
    with clock.at(appraisal.on(12, 20)):
        change(here)
    with clock.at(appraisal.on(12, 21)):
        after = [printed(here, address) for address in addresses]
        assert after == before
        assert b"" not in after
        assert verified() == told
        endings = Issue.objects.exclude(revoked_at=None)
        assert endings.exists() == (change in (_dissolved, _died, _left))


def status(world: World, who: str, address: str) -> int:
    client = Client()
    client.force_login(world.accounts[who])
    return client.get(address).status_code


@pytest.mark.parametrize("change", [_died, _left])
@pytest.mark.parametrize("paper", [letter, slip, receipt, card])
def test_who_had_to_do_with_the_person_last_prints_what_was_issued(
    here: World, paper: Callable[[World], str], change: Callable[[World], None]
) -> None:
    address = paper(here)
    before = text_of(here, "deng", address)
    change(here)
    for who in ("deng", "dai", "an", "ji"):
        assert text_of(here, who, address) == before
    for who in ("bao", "qin", "fan", "gu", "sun", "shen", "su"):
        assert status(here, who, address) == 404


@pytest.mark.parametrize("change", [_died, _left])
def test_the_page_of_who_is_no_more_leads_to_their_papers_and_to_no_present_fact(
    here: World, change: Callable[[World], None]
) -> None:
    pk, addresses = here.people["chen"].pk, [letter(here), receipt(here), card(here)]
    change(here)
    for who in ("deng", "an"):
        page = page_of(here, who, f"/persons/{pk}/")
        assert all(address in page for address in addresses)
        assert "199****1234" not in page
    for who in ("qin", "fan"):
        page = page_of(here, who, f"/persons/{pk}/")
        assert not any(address in page for address in addresses)


def page_of(world: World, who: str, address: str) -> str:
    client = Client()
    client.force_login(world.accounts[who])
    return client.get(address).content.decode()


def test_a_unit_that_let_a_member_go_before_they_died_prints_nothing(here: World) -> None:
    transferred(here)
    pk = here.people["chen"].pk
    end_membership(here.actor("lin"), person_id=pk, ending=Ending.DIED, on=clock.today())
    assert [status(here, who, letter(here)) for who in ("deng", "dai", "lin", "an")] == [
        *(404, 404, 200, 200)
    ]


def test_a_unit_prints_nothing_of_who_left_and_is_a_member_elsewhere_by_now(here: World) -> None:
    clerk_elsewhere(here)
    chen, address = here.people["chen"], letter(here)
    _left(here)
    assert status(here, "deng", address) == 200
    with clock.at(clock.now() + timedelta(days=1)):
        values = facts(here.office, name=chen.name, phone="19900001234")
        member = NewMember(id_number=chen.id_number, from_on=clock.today(), values=values)
        assert add_member(here.actor("lin"), unit_id=here.commission.pk, member=member) == chen
        assert [status(here, who, address) for who in ("deng", "an", "lin")] == [404, 404, 200]


@pytest.mark.parametrize("change", [_died, _left])
def test_the_year_of_who_is_no_more_is_printed_as_it_was(
    here: World, change: Callable[[World], None]
) -> None:
    address = year_of(here)
    before = {who: text_of(here, who, address) for who in ("deng", "an")}
    change(here)
    assert "区城建局机关党委" in before["an"]
    assert {who: text_of(here, who, address) for who in before} == before


def year_of(world: World) -> str:
    pk = world.people["chen"].pk
    return reverse("statements:year_sheet", args=[pk, ledger.DAY.year, "pdf"])


def test_a_sheet_that_is_issued_after_a_death_names_the_unit_of_then(here: World) -> None:
    _died(here)
    assert "区城建局机关党委" in text_of(here, "an", sheet(here))


def test_the_year_of_an_entry_by_mistake_leads_to_the_one_that_is_kept(here: World) -> None:
    address = year_of(here)
    _one_of_two(here)
    client = Client()
    client.force_login(here.accounts["deng"])
    reply = client.get(address, follow=True)
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(reply.content)).pages)
    assert "陈改名" in words
    assert "服务次数 1" in words


def test_the_year_tells_the_unit_of_before_no_later_one(here: World) -> None:
    transferred(here)
    assert "市发展委" not in text_of(here, "deng", year_of(here))
    assert "市发展委" in text_of(here, "an", year_of(here))


def test_every_paper_of_the_catalogue_is_tried_here_or_is_about_no_one_person() -> None:
    tried = {
        *("introduction-letter", "report-slip", "receipt", "registration-card", "unit-contact"),
        *("record-sheet", "feedback-card", "registration-table", "service-year"),
    }
    present = {
        *("roster", "claim-list", "wish-list", "service-table", "attendance-sheet"),
        *("work-summary", "situation-report"),
        *("community-feedback", "quarterly-brief", "duty-report", "request-answer"),
        *("pairing-list", "order-slip", "commitment", "commitment-list"),
        *("resource-list", "need-list", "project-list", "agreement"),
        *("problem-list", "task-list", "duty-list", "meeting-minutes"),
        *("opinion-summary", "supply-ledger", "visit-records", "allocation-plan"),
        *("talent-list", "talent-sheet", "appointment-slip", "room-slip", "household-card"),
        *("time-statement", "help-records"),
        *("honour-notice", "honour-list", "honour-certificate"),
    }
    forms = {form.code for form in papers_of_catalogue()}
    assert forms == tried | present | {f"{name}-report-table" for name in REPORT_TABLES}


def test_verifying_says_what_stands_on_the_paper(here: World) -> None:
    change_the_world(here)
    for issue in Issue.objects.all():
        page = Client().get(reverse("documents:verify", args=[issue.token])).content.decode()
        assert "新柳社区" not in page
        assert "区住建局党委" not in page
        assert ("柳荫社区" in page) or ("区城建局机关党委" in page)
    token = registration_of(here).letter.token
    page = Client().get(reverse("registration:letter_link", args=[token])).content.decode()
    assert "区城建局机关党委" in page
    assert "区住建局党委" not in page


def test_a_receipt_issued_anew_tells_the_newer_state_and_the_former_says_by_which(
    here: World, client: Client
) -> None:
    former = Issue.objects.get(form="receipt")
    change_the_world(here)
    client.force_login(here.accounts["an"])
    url = reverse("registration:renew_papers", args=[registration_of(here).pk])
    with clock.at(appraisal.on(12, 21)):
        assert "〔2026〕001号" in client.get(url).content.decode()
        assert client.post(url, {}).status_code == 302
        text = text_of(here, "an", receipt(here))
    assert "陈改名" in text
    assert "〔2026〕002号" in text
    page = client.get(reverse("documents:verify", args=[former.token])).content.decode()
    assert "〔2026〕001号" in page
    assert "由 〔2026〕002号 代替" in page


def test_nobody_else_issues_papers_anew(here: World) -> None:
    for who in ("bao", "chen", "deng", "fan"):
        with pytest.raises(Absent):
            papers.renew_papers(here.actor(who), registration_id=registration_of(here).pk)


def test_a_grid_given_later_stands_on_the_card_and_another_only_on_a_new_one(here: World) -> None:
    pk = registration_of(here).pk

    def put(grid_id: int) -> None:
        placements.place(here.actor("an"), registration_id=pk, grid_id=grid_id, team_id=None)

    issued = issue_of(pk, "registration-card")
    assert issued is not None
    with clock.at(clock.now() + timedelta(days=14)):
        put(here.grid.pk)
        later = clock.today()
    filled = issue_of(pk, "registration-card")
    assert filled is not None
    assert (filled.facts, bytes(filled.digest)) == (issued.facts, bytes(issued.digest))
    page = Client().get(reverse("documents:verify", args=[filled.token])).content.decode()
    for day in (clock.day_of(issued.issued_at), later):
        assert day is not None
        assert f"{day.year}年{day.month}月{day.day}日" in page
    assert page.count("留空处补填日期") == 1
    assert "第一网格" in text_of(here, "an", card(here))
    other = factories.organisation("grid", "第二网格", here.willow, code="990102001001-02")
    put(other.pk)
    assert "第一网格" in text_of(here, "an", card(here))
    papers.renew_papers(here.actor("an"), registration_id=pk)
    assert "第二网格" in text_of(here, "an", card(here))


def test_the_units_opinion_stands_on_the_card_that_was_signed(here: World) -> None:
    with clock.at(appraisal.on(12, 12)):
        address = feedback(here)
        pk = Issue.objects.get(form="feedback-card").about
        give_opinion(here.actor("deng"), card_id=pk, opinion="同意社区评价。")
    change_the_world(here)
    text = text_of(here, "an", address)
    assert "同意社区评价" in text
    assert "陈晓宇" in text


def test_a_sheet_of_the_same_days_replaces_the_former(here: World) -> None:
    sheet(here)
    sheet(here)
    first, second = Issue.objects.filter(form="record-sheet").order_by("number")
    assert first.replaced_by == second
    assert second.revoked_at is None


def test_facts_of_papers_are_sealed_and_known_to_whoever_seals_anew(here: World) -> None:
    issue = Issue.objects.get(form="introduction-letter")
    assert "19900001234" in issue.facts
    assert "陈晓宇".encode() not in bytes(issue.facts_sealed)
    assert "documents.issue" in {store.name for store in stores()}
