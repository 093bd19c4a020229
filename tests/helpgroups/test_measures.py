"""Measures for households: who does them sees and hears of them; what an authority proposes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from baodao.helpgroups.commands.groups import dissolve_group
from baodao.helpgroups.commands.measures import plan_proposed, plan_with_doer, tell_doer
from baodao.helpgroups.models import GroupHelp, MeasureDoer
from baodao.helpgroups.queries.measures import due_doers, own_measures, unit_measures
from baodao.helpgroups.rules.doers import DoerFacts
from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM
from baodao.kernel.errors import Absent, Refused
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.partnership.commands import registrations
from baodao.residents.commands.files import forget_household
from baodao.residents.commands.measures import note_measure
from baodao.residents.models import HouseholdFile, SupportMeasure
from baodao.residents.queries.files import proposals_for
from baodao.residents.rules.households import MeasureFacts
from baodao.residents.rules.policies import CLOSE_MEASURES
from baodao.statements.models import Statement
from tests.helpgroups import steps
from tests.orgs.test_policies import decide
from tests.partnership.test_unit_registrations import presented
from tests.registration.browsing import browser, text
from tests.residents import steps as files
from tests.teams.steps import signed_in
from tests.world import World


def planned(world: World, days: int = 2, doer: str = "", **who: object) -> SupportMeasure:
    """An plans one for the household of the only file, by whoever is named."""
    facts = MeasureFacts("home", files.PLAN, files.day(days), doer)
    return plan_with_doer(
        world.actor("an"),
        file_id=HouseholdFile.objects.get().pk,
        measure=facts,
        doer=DoerFacts(**who),  # type: ignore[arg-type]
    )


def told(kind: str = "measure-due") -> list[bool]:
    """Of each notice of a kind whether it is closed."""
    return [row.closed for row in with_closed(Notice.objects.filter(kind=kind))]


def test_a_member_sees_the_measure_is_told_once_and_no_more_once_it_is_done(world: World) -> None:
    _, _, member = steps.at_work(world)
    row = planned(world, person_id=member.person_id)
    assert row.doer == member.name
    assert [one.pk for one in own_measures(member).answer()] == [row.pk]
    page = text(signed_in(member).get("/", follow=True))
    assert row.file.number in page
    assert not [secret for secret in files.SECRETS if secret in page]
    assert due_doers() == [row.pk]
    assert tell_doer(SYSTEM, measure_id=row.pk) == 1
    assert (tell_doer(SYSTEM, measure_id=row.pk), due_doers(), told()) == (0, [], [False])
    note_measure(world.actor("an"), measure_id=row.pk, done_on=clock.today(), outcome="已修好")
    assert (own_measures(member).answer(), told()) == ([], [True])


def test_what_is_not_due_soon_is_not_told_and_words_alone_tell_nobody(world: World) -> None:
    _, _, member = steps.at_work(world)
    planned(world, days=20, person_id=member.person_id)
    planned(world, doer="网格员小周")
    assert due_doers() == []
    assert MeasureDoer.objects.count() == 1


def test_a_group_does_it_as_long_as_it_goes_on(world: World) -> None:
    row, _, member = steps.at_work(world)
    measure = planned(world, group_id=row.pk)
    assert measure.doer == row.name
    assert [one.pk for one in own_measures(member).answer()] == [measure.pk]
    tell_doer(SYSTEM, measure_id=measure.pk)
    dissolve_group(world.actor("an"), group_id=row.pk, reason="网格调整")
    assert (own_measures(member).answer(), told(), due_doers()) == ([], [True], [])


def test_a_unit_sees_what_it_does_and_nobody_above_or_beside_it(world: World) -> None:
    steps.at_work(world)
    registrations.accept(world.actor("an"), unit_registration_id=presented(world).pk)
    unit = world.bureau
    measure = planned(world, organisation_id=unit.pk)
    assert [one.pk for one in unit_measures(world.actor("deng"), unit).answer()] == [measure.pk]
    assert measure.file.number in text(browser(world, "deng").get("/unit/"))
    for name in ("bao", "sun", "fan"):
        assert unit_measures(world.actor(name), unit).answer() == [], name
    assert tell_doer(SYSTEM, measure_id=measure.pk) == 1
    assert told("unit-measure-due") == [False]


def test_a_file_that_is_deleted_forgets_who_did_what(world: World) -> None:
    _, _, member = steps.at_work(world)
    row = planned(world, person_id=member.person_id)
    tell_doer(SYSTEM, measure_id=row.pk)
    why = {"ending": "wish", "reason": "本户要求"}
    forget_household(world.actor("an"), file_id=row.file_id, **why)
    assert (MeasureDoer.objects.count(), own_measures(member).answer(), told()) == (0, [], [True])


def test_nobody_does_it_twice_and_nobody_from_elsewhere_at_all(world: World) -> None:
    row, _, member = steps.at_work(world)
    with pytest.raises(Refused):
        planned(world, doer="小周", person_id=member.person_id)
    with pytest.raises(Refused):
        planned(world)
    for who in (
        {"person_id": uuid4()},
        {"group_id": uuid4()},
        {"organisation_id": world.bureau.pk},
    ):
        with pytest.raises(Absent):
            planned(world, **who)
    assert SupportMeasure.objects.count() == 1
    assert row.ended_at is None


def test_what_the_authority_proposes_for_a_grade_is_taken_in_one_tap_and_returns(
    world: World,
) -> None:
    row, _, _ = steps.at_work(world)
    line = "每月上门看望：帮扶小组"
    decide(world, "sun", "city", CLOSE_MEASURES, (line, "每年体检"))
    file, an = HouseholdFile.objects.get(), browser(world, "an")
    page = f"/households/{file.pk}/"
    assert text(an.get(page)).count("按帮扶等级建议") == 2
    tap = {"line": line, "client_id": str(uuid4())}
    for _ in range(2):
        assert an.post(f"{page}measures/take/", tap)["Location"] == page
    [measure] = SupportMeasure.objects.filter(proposed=line)
    assert (measure.doer, measure.due_on) == (row.name, files.day(30))
    assert MeasureDoer.objects.get().group == row
    shown = text(an.get(page))
    assert shown.count("按帮扶等级建议") == 1
    assert f"上门看望 · {row.name}" in shown
    assert line not in shown, "how often and who by are said beside it"
    with pytest.raises(Refused):
        plan_proposed(world.actor("an"), file_id=file.pk, line=line)
    note_measure(world.actor("an"), measure_id=measure.pk, done_on=clock.today(), outcome="去过")
    with clock.at(clock.now() + timedelta(days=10)):
        assert next(one.due_on for one in proposals_for(file)) == files.day(20)


def test_a_measure_is_planned_on_its_page(world: World) -> None:
    row, _, member = steps.at_work(world)
    an, page = browser(world, "an"), f"/households/{HouseholdFile.objects.get().pk}/"
    typed = {"kind": "home", "text": "检修水电", "due_on": f"{files.day(3):%Y-%m-%d}"}
    assert an.post(f"{page}measures/", typed).status_code == 422
    by_group = typed | {"party": f"group-{row.pk}"}
    assert an.post(f"{page}measures/", by_group | {"doer": "小周"}).status_code == 422
    assert an.post(f"{page}measures/", by_group)["Location"] == page
    assert an.post(f"{page}measures/", typed | {"member": member.name})["Location"] == page
    names = SupportMeasure.objects.filter(text_sealed__isnull=False).values_list("doer", flat=True)
    assert {row.name, member.name} <= set(names)


def test_who_does_a_measure_says_so_and_the_time_it_took_is_a_record_once_confirmed(
    world: World,
) -> None:
    row, stand, member = steps.at_work(world)
    measure, client = planned(world, group_id=row.pk), signed_in(member)
    tell_doer(SYSTEM, measure_id=measure.pk)
    page = f"/me/help-groups/measures/{measure.pk}/"
    assert Notice.objects.get(kind="measure-due", person=member.person_id).url == page
    assert page in client.get("/", follow=True).content.decode()
    typed = {"on": f"{clock.today():%Y-%m-%d}", "words": "修好了水管", "minutes": "40"}
    for wrong in ({"words": " "}, {"on": f"{files.day(1):%Y-%m-%d}"}, {"words": files.SECRETS[0]}):
        assert client.post(page, typed | wrong).status_code == 422, wrong
    assert not Statement.objects.exists()
    for _ in range(2):
        sent = client.post(page, typed | {"client_id": str(measure.pk)})
        assert sent["Location"] == "/me/help-groups/"
    measure.refresh_from_db()
    assert (measure.done_on, measure.outcome) == (clock.today(), "修好了水管")
    [statement] = Statement.objects.all()
    assert (statement.minutes, statement.person_id) == (40, member.person_id)
    assert GroupHelp.objects.get().stand_id == stand.pk
    assert (own_measures(member).answer(), told()) == ([], [True])
    assert "此项措施已完成" in text(client.get(page))
    assert signed_in(world.actor("chen")).get(page).status_code == 404
    assert measure.ended_by in text(browser(world, "an").get(f"/households/{measure.file_id}/"))


def test_a_measure_that_was_no_service_makes_no_record_and_a_unit_says_it_of_its_own(
    world: World,
) -> None:
    _, _, member = steps.at_work(world)
    registrations.accept(world.actor("an"), unit_registration_id=presented(world).pk)
    mine, theirs = (
        planned(world, person_id=member.person_id),
        planned(world, organisation_id=world.bureau.pk),
    )
    typed = {"on": f"{clock.today():%Y-%m-%d}", "words": "送去了米面"}
    assert signed_in(member).post(f"/unit/measures/{theirs.pk}/", typed).status_code == 404
    for name in ("an", "bao", "sun", "fan"):
        for one in (mine, theirs):
            page = f"/unit/measures/{one.pk}/"
            assert browser(world, name).post(page, typed).status_code in (403, 404), name
    deng = browser(world, "deng")
    assert deng.post(f"/unit/measures/{mine.pk}/", typed).status_code == 404
    page = f"/unit/measures/{theirs.pk}/"
    assert page in deng.get("/unit/").content.decode()
    assert deng.post(page, typed)["Location"] == "/unit/"
    page = f"/me/help-groups/measures/{mine.pk}/"
    assert signed_in(member).post(page, typed | {"minutes": ""})["Location"] == "/me/help-groups/"
    assert SupportMeasure.objects.filter(done_on=clock.today()).count() == 2
    assert not Statement.objects.exists()
