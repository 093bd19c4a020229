"""共驻共建协议书: drafted, agreed clause by clause, signed by two, renewed, ended; the year counts
itself."""

from datetime import timedelta

import pytest

from baodao.agreements.commands import agreements as commands
from baodao.agreements.commands import keeping
from baodao.agreements.models import Agreement
from baodao.agreements.queries.agreements import (
    agreements_in,
    clauses_of,
    digest_in,
    list_lines,
    open_titles,
    text_of,
)
from baodao.agreements.queries.progress import counted_rows, progress_in
from baodao.agreements.rules.agreements import ProgressPart
from baodao.documents.models import Issue
from baodao.figures.queries.counts import FigureQuery
from baodao.figures.rules.catalogue import METRICS
from baodao.figures.rules.figures import total
from baodao.kernel import clock
from baodao.kernel.authz import Permission
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, read_period
from baodao.notices.models import Notice
from baodao.notices.queries.pending import unread
from baodao.offers.models import Offer
from baodao.orgs.commands.organisations import rename
from baodao.orgs.queries.trees import place_then
from baodao.orgs.rules.handovers import SUCCESSIONS, Aim, Reform
from baodao.partnership.commands import registrations
from baodao.partnership.models import UnitRegistration
from baodao.resources.commands import projects
from baodao.resources.models import Project
from tests.agreements import steps
from tests.ledger.steps import record
from tests.offers import steps as offered
from tests.orders.steps import partner
from tests.orgs.test_reorganisations import done, succeeded, undone
from tests.programs import ids, program
from tests.registration.browsing import browser, seen_in, text
from tests.resources import steps as lists
from tests.world import World


def test_one_a_year_is_drafted_by_either_side_from_the_template(world: World) -> None:
    with pytest.raises(Absent):
        steps.drafted(world)
    partner(world)
    for name in ("bao", "qin", "fan"):
        with pytest.raises(Absent):
            steps.drafted(world, by=name)
    sun, fan = world.actor("sun"), world.actor("fan")
    commands.write_clauses(sun, organisation_id=world.east.pk, text="目标：共建\n联络：每月一次")
    row = steps.drafted(world, by="an")
    assert open_titles(steps.fresh(row)) == ["目标", "联络"]
    with pytest.raises(Refused, match=r"agreement\.again"):
        steps.drafted(world)
    with pytest.raises(Refused, match=r"clause\.line"):
        commands.write_clauses(sun, organisation_id=world.east.pk, text="没有冒号")
    with pytest.raises(Refused, match=r"clause\.line"):
        commands.write_clauses(sun, organisation_id=world.east.pk, text="：只有内容")
    with pytest.raises(Refused, match=r"there are 31"):
        commands.write_clauses(sun, organisation_id=world.east.pk, text=f"{'题' * 31}：共建")
    commands.write_clauses(sun, organisation_id=world.east.pk, text=f"目标：{'共' * 500}")
    with pytest.raises(Refused, match=r"clause\.long"):
        commands.write_clauses(sun, organisation_id=world.east.pk, text=f"目标：{'共' * 501}")
    for name, place in (("fan", world.west), ("an", world.willow), ("dai", world.willow)):
        with pytest.raises(Absent):
            commands.write_clauses(world.actor(name), organisation_id=place.pk, text="")
    commands.write_clauses(fan, organisation_id=world.east.pk, text="")
    later = steps.drafted(world, year=clock.today().year + 1)
    assert len(open_titles(steps.fresh(later))) == 5


def test_a_clause_is_open_until_the_other_side_agrees_to_its_last_wording(world: World) -> None:
    partner(world)
    row, dai, an = steps.drafted(world), world.actor("dai"), world.actor("an")
    first, own = clauses_of(steps.fresh(row))[0][:2]
    commands.agree_on(dai, agreement_id=row.pk, wording_ids=[own.pk])
    assert first.title in open_titles(steps.fresh(row)), "nobody agrees to their own words"
    read = commands.propose_wording(an, agreement_id=row.pk, clause_id=first.pk, text="每季度开会")
    said = {"agreement_id": row.pk, "clause_id": first.pk, "text": "每月开会"}
    last = commands.propose_wording(an, **said)
    with pytest.raises(Refused, match=r"agreement\.reworded"):
        commands.agree_on(dai, agreement_id=row.pk, wording_ids=[read.pk])
    commands.agree_on(dai, agreement_id=row.pk, wording_ids=[last.pk])
    assert first.title not in open_titles(steps.fresh(row))
    with pytest.raises(Refused, match=r"agreement\.open"):
        steps.sign_by(world, row, "dai")
    assert Notice.objects.filter(kind="agreement-open").count() == 3


def test_two_sign_the_text_that_they_read_and_it_changes_no_more(world: World) -> None:
    partner(world)
    row = steps.drafted(world)
    steps.agreed(world, row)
    commands.plan_month(world.actor("an"), agreement_id=row.pk, month=3, text="学雷锋")
    with pytest.raises(Refused, match=r"paper\.changed"):
        commands.sign(world.actor("deng"), agreement_id=row.pk, seen="0")
    steps.sign_by(world, row, "deng")
    assert Notice.objects.get(kind="agreement-half-signed").organisation == world.willow
    commands.plan_month(world.actor("an"), agreement_id=row.pk, month=5, text="劳动")
    assert steps.fresh(row).unit_signer == "", "Deng signed another text"
    told = Notice.objects.filter(kind="agreement-unsigned", organisation=world.bureau)
    assert told.count() == 1, "and is told that it is to be signed anew"
    steps.sign_by(world, row, "deng")
    lists.lent(world, lists.hall(world))
    both = steps.sign_by(world, row, "ji")
    assert both.unit_signer, "what is lent afterwards changes no text that one side has signed"
    assert (both.state, both.number, len(both.digest)) == ("signed", 1, 64)
    with pytest.raises(Refused, match=r"agreement\.signed"):
        commands.plan_month(world.actor("an"), agreement_id=row.pk, month=4, text="植树")
    assert Notice.objects.filter(kind="agreement-signed").count() == 2


def test_the_paper_of_a_signed_one_stays_as_it_was_in_four_media(world: World) -> None:
    partner(world)
    row = steps.signed(world)
    rename(world.actor("sun"), organisation_id=world.willow.pk, name="新柳社区")
    deng = browser(world, "deng")
    page = text(deng.get(f"/agreements/{row.pk}.html"))
    for words in ("柳荫社区", "组织联建", "邓敏", "季书", row.digest):
        assert words in page
    assert "新柳社区" not in page
    for ending in ("pdf", "docx", "xlsx"):
        assert deng.get(f"/agreements/{row.pk}.{ending}").status_code == 200
    assert "终止" not in page
    commands.end_agreement(world.actor("an"), agreement_id=row.pk, reason="单位搬迁")
    ended = text(deng.get(f"/agreements/{row.pk}.html"))
    for words in ("组织联建", row.digest, "本协议书已于", "终止。原因：单位搬迁"):
        assert words in ended
    for ending in ("pdf", "docx", "xlsx"):
        assert deng.get(f"/agreements/{row.pk}.{ending}").status_code == 200


def test_the_next_year_begins_with_the_clauses_of_the_last(world: World) -> None:
    partner(world)
    row, year = steps.drafted(world), clock.today().year
    first = clauses_of(steps.fresh(row))[0].clause
    commands.propose_wording(
        world.actor("dai"), agreement_id=row.pk, clause_id=first.pk, text="每季度开会"
    )
    steps.agreed(world, row)
    steps.sign_by(world, row, "deng")
    steps.sign_by(world, row, "ji")
    new = steps.fresh(steps.drafted(world, year=year + 1))
    assert (new.former, clauses_of(new)[0].wording.text) == (row, "每季度开会")
    commands.end_agreement(world.actor("an"), agreement_id=row.pk, reason="单位搬迁")
    assert Issue.objects.get(about=row.pk).revoked_at
    assert agreements_in(world.actor("fan"), world.east).count() == 2


def test_the_year_counts_itself(world: World) -> None:
    partner(world)
    row = steps.signed(world)
    offered.chen(world)
    record(world, served_on=clock.today())
    progress = progress_in(steps.fresh(row))
    assert (progress.services.records, progress.services.persons) == (1, 1)
    assert (progress.activities, progress.least_activities) == (0, 2)


@pytest.mark.parametrize("reform", [None, *SUCCESSIONS])
def test_with_a_side_that_others_take_over_it_ends_as_it_was_and_undone_stands_again(
    world: World, reform: Reform | None
) -> None:
    partner(world)
    row = steps.signed(world)
    if reform is None:
        act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    else:
        act = succeeded(world, reform)
    old = steps.fresh(row)
    assert (old.state, old.unit, old.community) == ("ended", world.bureau, world.willow)
    assert old.digest == row.digest
    undone(world, act)
    assert steps.fresh(row).state == "signed"


def test_with_the_contact_the_agreement_ends(world: World) -> None:
    partner(world)
    row, contact = steps.signed(world), UnitRegistration.objects.get()
    registrations.end(world.actor("dai"), unit_registration_id=contact.pk, reason="搬迁")
    assert Agreement.objects.get(pk=row.pk).state == "ended"


def test_both_agree_and_sign_on_the_page_and_others_read_or_see_nothing(world: World) -> None:
    partner(world)
    dai, an, year = browser(world, "dai"), browser(world, "an"), clock.today().year
    page = dai.post("/agreements/new/", {"unit": world.bureau.pk, "year": year})["Location"]
    row = Agreement.objects.get()
    assert "等您一方答复" in text(an.get(page))
    ids = [str(one.wording.pk) for one in clauses_of(steps.fresh(row))]
    an.post(f"{page}agree/", {"ids": ids})
    an.post(f"{page}plan/3/", {"text": "学雷锋", "seen": ""})
    for client in (dai, an):
        found = seen_in(text(client.get(f"{page}sign/")))
        client.post(f"{page}sign/", {"seen": found})
    assert Agreement.objects.get().state == "signed"
    assert "签" in text(browser(world, "fan").get(page))
    assert browser(world, "bao").get(page).status_code == 404


def test_each_number_of_the_year_opens_what_it_counts(world: World) -> None:
    partner(world)
    evening = offered.hour(2, 20)
    row = steps.signed(world, year=evening.year)
    hall, project = lists.hall(world), lists.project(world)
    early = lists.project(world, title="提前完成的明年项目")
    Project.objects.filter(pk=early.pk).update(year=evening.year + 1)
    for one in (project, early):
        lists.joined(world, one)
    claim = lists.lent(world, hall, days=2)
    offered.chen(world)
    with clock.at(offered.hour(2, 10)):
        assert progress_in(steps.fresh(row)).lent == 1, "as soon as it has begun, as in every table"
    with clock.at(evening):
        record(world, served_on=clock.today())
        projects.close_project(world.actor("an"), project_id=early.pk)
        projects.close_project(world.actor("an"), project_id=project.pk)
        current = steps.fresh(row)
        counted = progress_in(current)
        numbers = (
            counted.activities,
            counted.services.records,
            counted.lent,
            counted.projects,
            counted.clauses,
        )
        assert counted.projects == 2, "by the day on which each was done, as in every table"
        for name in ("an", "dai", "fan"):
            actor, client = world.actor(name), browser(world, name)
            listed = [counted_rows(actor, current, part).count() for part in ProgressPart]
            assert tuple(listed) == numbers
            for part in ProgressPart:
                page = f"/agreements/{row.pk}/progress/{part}/"
                assert page in text(client.get(f"/agreements/{row.pk}/"))
                assert client.get(page).status_code == 200
        page = f"/agreements/{row.pk}/progress/nothing/"
        assert browser(world, "an").get(page).status_code == 404
        assert claim.title in text(browser(world, "an").get(f"/agreements/{row.pk}/progress/lent/"))
    assert "全年要求不少于2场" in text(browser(world, "an").get(f"/agreements/{row.pk}/"))


def test_the_figures_of_the_unit_are_what_its_agreement_counts(world: World) -> None:
    partner(world)
    row = steps.signed(world)
    offered.chen(world)
    record(world, served_on=clock.today())
    offer = offered.published(world)
    held = Offer.objects.filter(pk=offer.pk)
    held.update(organiser=world.bureau, starts_at=clock.now(), recorded_at=clock.now())
    codes = ("agreed_activities", "agreed_services")

    def agree() -> list[int]:
        as_of = AsOf(clock.now() + timedelta(minutes=5))
        metrics = tuple(METRICS[code] for code in codes)
        then, year = place_then(world.bureau, as_of), read_period(str(row.year), as_of)
        query = FigureQuery(world.bureau, then, metrics, as_of, year)
        figures = total(query.by_child().values(), metrics)
        progress = progress_in(steps.fresh(row))
        counted = [figures[code] for code in codes]
        assert counted == [progress.activities, progress.services.records]
        return counted

    assert agree() == [1, 1]
    commands.end_agreement(world.actor("an"), agreement_id=row.pk, reason="单位搬迁")
    with clock.at(clock.now() + timedelta(days=1)):
        record(world, served_on=clock.today())
        assert agree() == [1, 1], "what is over goes no further, here and there"


def test_a_clause_is_kept_once_both_sides_say_so(world: World) -> None:
    partner(world)
    draft, dai, an = steps.drafted(world), world.actor("dai"), world.actor("an")
    first = clauses_of(steps.fresh(draft))[0].clause.pk
    words = {"agreement_id": draft.pk, "clause_id": first, "words": "开了两次联席会议"}
    with pytest.raises(Refused, match="not signed yet"):
        keeping.state_kept(dai, **words)
    steps.agreed(world, draft)
    for name in ("deng", "ji"):
        steps.sign_by(world, draft, name)
    for name in ("fan", "bao", "chen"):
        with pytest.raises(Absent):
            keeping.state_kept(world.actor(name), **words)
    with pytest.raises(Refused, match=r"clause\.evidence"):
        keeping.state_kept(dai, **words | {"words": "好"})
    keeping.state_kept(dai, **words)
    for name in ("dai", "an"):
        with pytest.raises(Refused, match=r"clause\.stated"):
            keeping.state_kept(world.actor(name), **words)
    asked = Notice.objects.filter(kind="agreement-kept-stated", organisation=world.willow)
    assert unread(asked).count() == 1
    with pytest.raises(Absent):
        keeping.confirm_kept(dai, agreement_id=draft.pk, clause_ids=[first])
    keeping.decline_kept(an, agreement_id=draft.pk, clause_id=first, reason="只开了一次")
    assert not unread(asked).exists(), "it is answered"
    assert Notice.objects.filter(kind="agreement-kept-declined", organisation=world.bureau)
    assert progress_in(steps.fresh(draft)).clauses == 0
    keeping.state_kept(dai, **words)
    assert progress_in(steps.fresh(draft)).clauses == 0
    keeping.confirm_kept(an, agreement_id=draft.pk, clause_ids=[first])
    assert progress_in(steps.fresh(draft)).clauses == 1
    assert clauses_of(steps.fresh(draft))[0].kept_on == clock.today()
    second = clauses_of(steps.fresh(draft))[1].clause.pk
    keeping.state_kept(an, **words | {"clause_id": second})
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    with pytest.raises((Refused, Absent)):
        keeping.confirm_kept(dai, agreement_id=draft.pk, clause_ids=[second])
    assert progress_in(steps.fresh(draft)).clauses == 1, "what was kept stays"
    undone(world, act)
    keeping.confirm_kept(dai, agreement_id=draft.pk, clause_ids=[second])
    assert progress_in(steps.fresh(draft)).clauses == 2


def test_what_was_kept_is_said_and_confirmed_on_the_pages(world: World) -> None:
    partner(world)
    row = steps.signed(world)
    dai, an, page = browser(world, "dai"), browser(world, "an"), f"/agreements/{row.pk}/"
    first, second = (one.clause.pk for one in clauses_of(steps.fresh(row))[:2])
    form = f"{page}clauses/{first}/kept/"
    assert form in text(dai.get(page))
    assert "共建目标" in text(dai.get(form))
    dai.post(form, {"words": "全年共建计划已完成"})
    dai.post(f"{page}clauses/{second}/kept/", {"words": "开了两次联席会议"})
    assert "待柳荫社区答复" in text(dai.get(page))
    assert "已落实的条款待确认" in text(an.get("/today/"))
    assert "全年共建计划已完成" in text(an.get(page))
    assert "全年共建计划已完成" in text(an.get(f"{form}decline/"))
    an.post(f"{page}clauses/{second}/kept/decline/", {"reason": "只开了一次"})
    an.post(f"{page}kept/", {"ids": [str(first)]})
    shown = text(dai.get(page))
    assert "只开了一次" in shown
    assert "1条" in shown
    assert "全年共建计划已完成" in text(browser(world, "fan").get(f"{page}progress/clauses/"))
    assert browser(world, "fan").get(form).status_code == 404
    assert "已落实的条款待确认" not in text(an.get("/today/"))


def test_what_was_signed_stands_apart_from_what_was_agreed_since(world: World) -> None:
    partner(world)
    hall = lists.hall(world)
    before = lists.lent(world, hall, days=1)
    row = steps.signed(world)
    later = lists.hall(world, title="大巴一辆", kind="车辆")
    lists.lent(world, later, days=1)
    standing = list_lines(steps.fresh(row))
    assert [words.split()[0] for words in standing.signed] == [before.title]
    assert [words.split()[0] for words in standing.later] == ["大巴一辆"]
    page = text(browser(world, "an").get(f"/agreements/{row.pk}/"))
    assert page.index("以签字文本为准") < page.index("签订后又商定") < page.index("大巴一辆")


def test_what_was_signed_is_known_again_under_another_name_and_in_another_year(
    world: World,
) -> None:
    partner(world)
    hall = lists.hall(world)
    lists.lent(world, hall, days=1)
    row = steps.drafted(world)
    steps.agreed(world, row)
    digest = digest_in(steps.fresh(row))
    with clock.at(clock.now() + timedelta(days=370)):
        assert digest_in(steps.fresh(row)) == digest, "what was agreed, whenever it is read"
    steps.sign_by(world, row, "deng")
    hall.title = "四楼会议室"
    hall.save()
    with clock.at(clock.now() + timedelta(days=370)):
        standing = list_lines(steps.fresh(row))
        assert (len(standing.signed), standing.later) == (1, [])
        assert digest_in(steps.fresh(row)) == digest


def test_what_ended_unsigned_says_what_stood_in_it_then(world: World) -> None:
    partner(world)
    row = steps.drafted(world)
    before = text_of(steps.fresh(row))
    commands.end_agreement(world.actor("dai"), agreement_id=row.pk, reason="明年再议")
    world.willow.name = "新柳社区"
    world.willow.save()
    assert text_of(steps.fresh(row)) == before
    deng = browser(world, "deng")
    assert "未签订，已于" in text(deng.get(f"/agreements/{row.pk}.html"))
    page = text(deng.get(f"/agreements/{row.pk}/"))
    shown = ["新柳社区答复" in page, "未商定" in page]
    assert shown == [False, True], "nobody answers what is over"
    again = steps.drafted(world)
    act = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert text_of(steps.fresh(again))["community"] == "新柳社区"
    assert Agreement.objects.get(pk=again.pk).text is not None
    undone(world, act)
    assert Agreement.objects.get(pk=again.pk).text is None


def test_what_is_over_counts_no_further(world: World) -> None:
    partner(world)
    row, contact = steps.signed(world), UnitRegistration.objects.get()
    offered.chen(world)
    record(world, served_on=clock.today())
    registrations.end(world.actor("dai"), unit_registration_id=contact.pk, reason="搬迁")
    with clock.at(clock.now() + timedelta(days=1)):
        record(world, served_on=clock.today())
        assert progress_in(steps.fresh(row)).services.records == 1
        for name in ("an", "dai"):
            page = text(browser(world, name).get(f"/agreements/{row.pk}/")).split("<main")[1]
            assert "/sign/" not in page
            assert "/end/" not in page


def test_a_program_reads_agreements_and_how_far_the_year_is(world: World) -> None:
    partner(world)
    row = steps.signed(world)
    read = Permission.UNIT_REGISTRATION_READ
    here = program(world, "an", "willow", read)
    found = here.get("/agreements/", organisation=world.willow.code)
    assert ids(found) == [str(row.pk)]
    [line] = found.json()["items"]
    assert (line["state"], line["number"]) == ("signed", steps.fresh(row).number_text)
    assert all(clause["agreed"] for clause in line["clauses"])
    year = here.get(f"/agreements/{row.pk}/progress/").json()
    assert (year["services"], year["least_services"], year["clauses"]) == (0, 12, 0)
    assert line["clauses"][0]["kept_on"] is None
    next_door = program(world, "bao", "bridge", read)
    assert next_door.get(f"/agreements/{row.pk}/progress/").status_code == 404
