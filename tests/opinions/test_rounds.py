"""征求意见: who is asked, how it is answered, what becomes of it, and what nobody can find out."""

from datetime import timedelta
from functools import partial

import pytest

from baodao.accounts.queries import operator
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, read_period
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.opinions.commands.rounds import (
    ask_opinions,
    end_round,
    express_opinion,
    rate_reply,
    remind_silent,
    reply,
)
from baodao.opinions.documents import summary_item
from baodao.opinions.models import OpinionAnswer, OpinionRound, OpinionSheet
from baodao.opinions.queries.rounds import result_of, rounds_of, sheets_for, silent
from baodao.opinions.queries.waiting import unreplied_rounds, waiting_opinions
from baodao.opinions.rules.rounds import OpinionAudience
from baodao.orgs.rules.handovers import SUCCESSIONS, Aim, Reform
from baodao.partnership.queries import partner_community
from tests import factories
from tests.ledger import steps as served
from tests.opinions import steps
from tests.orgs.test_reorganisations import done, partner, succeeded, undone
from tests.world import World


def members(world: World, count: int) -> None:
    """So many members of Deng's unit whom An has received and who served here this year."""
    for number in range(count):
        person = served.hosted(
            world, factories.member(f"员{number}", world.first, home_community=world.willow)
        )
        served.record(world, person, served_on=clock.today())


def sheets(row: OpinionRound) -> list[OpinionSheet]:
    return list(OpinionSheet.objects.filter(round=row).order_by("pk"))


def test_partners_are_asked_in_both_directions_and_answer_by_link(world: World) -> None:
    partner(world)
    for audience, receiver in (
        (OpinionAudience.UNITS, "bureau"),
        (OpinionAudience.COMMUNITY, "willow"),
    ):
        row = steps.asked(world, audience)
        [sheet] = sheets(row)
        assert sheet.organisation == world.places[receiver]
        notice = Notice.objects.get(kind="opinion-asked", about=sheet.pk)
        assert (notice.organisation_id, notice.url) == (
            world.places[receiver].pk,
            f"/opinion/{sheet.token}/",
        )
        with pytest.raises(Refused, match=r"opinion\.who"):
            steps.answered(world, sheet)
        steps.answered(world, sheet, "fair", text="活动多放周末", name="戴文")
        with pytest.raises(Refused, match=r"opinion\.answered"):
            steps.answered(world, sheet, name="戴文")
        [closed] = with_closed(Notice.objects.filter(pk=notice.pk))
        assert closed.closed
        result = result_of(row)
        assert result.lines is not None
        assert [line.counts for line in result.lines] == [(0, 1, 0)] * 5


def test_who_answered_is_told_what_became_of_it_and_says_whether_it_is_settled(
    world: World,
) -> None:
    partner(world)
    [sheet] = sheets(steps.asked(world, OpinionAudience.UNITS))
    steps.answered(world, sheet, "poor", text="联系人常换", name="戴文")
    answer = OpinionAnswer.objects.get()
    with pytest.raises(Absent):
        rate_reply(world.actor("gu"), token=sheet.token, settled=True)
    for name in ("bao", "deng", "fan", "gu"):
        with pytest.raises(Absent):
            reply(world.actor(name), answer_id=answer.pk, words="已定专人")
    reply(world.actor("an"), answer_id=answer.pk, words="已定专人")
    asks = Notice.objects.filter(kind="opinion-reply", organisation=world.bureau)
    assert not with_closed(asks).get().closed
    for words in ("", "  ", "长" * 501):
        with pytest.raises(Refused, match=r"opinion\.missing"):
            rate_reply(world.actor("gu"), token=sheet.token, settled=False, missing=words)
    rate_reply(world.actor("gu"), token=sheet.token, settled=False, missing="电话打不通")
    assert with_closed(asks).get().closed
    told = Notice.objects.get(kind="opinion-unsettled")
    assert (told.organisation, told.facts["words"]) == (world.willow, "电话打不通")
    [line] = summary_item(sheet.round)["rows"]  # type: ignore[misc]
    assert line["opinion_settled"] == "未解决：电话打不通"
    reply(world.actor("an"), answer_id=answer.pk, words="安静，0990-5501234")
    answer.refresh_from_db()
    assert answer.settled is None
    rate_reply(world.actor("gu"), token=sheet.token, settled=True)
    [line] = summary_item(sheet.round)["rows"]  # type: ignore[misc]
    assert (line["opinion_reply"], line["opinion_settled"]) == ("安静，0990-5501234", "已解决")


def test_a_member_without_a_name_leaves_no_trace_and_few_are_not_shown(world: World) -> None:
    members(world, 6)
    served.hosted(world)  # Chen is registered here, and has not served
    row = steps.asked(world, OpinionAudience.MEMBERS)
    *most, last = sheets(row)
    assert [sheet.person.name for sheet in (*most, last) if sheet.person] == [
        f"员{number}" for number in range(6)
    ]
    for sheet in most[:4]:
        steps.answered(world, sheet, text="时间太早")
    shown = result_of(row)
    assert (shown.count, shown.lines, shown.answers) == (4, None, [])
    assert not OpinionAnswer.objects.filter(sheet__isnull=False).exists()
    steps.answered(world, most[4], "poor", text="想教书法", name="员四")
    result = result_of(row)
    assert result.lines is not None
    assert result.lines[0].counts == (4, 0, 1)
    nameless, named = (OpinionAnswer.objects.filter(name=name).first() for name in ("", "员四"))
    assert nameless is not None
    assert named is not None
    with pytest.raises(Refused, match=r"opinion\.nameless"):
        reply(world.actor("an"), answer_id=nameless.pk, words="知道了")
    reply(world.actor("an"), answer_id=named.pk, words="请来找安静")
    assert Notice.objects.get(kind="opinion-reply").person_id == most[4].person_id


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"due_on": timedelta(days=-1)}, "opinion.due"),
        ({"due_on": timedelta(days=61)}, "opinion.due"),
        ({"period": 1}, "opinion.period"),
        ({"period": -2}, "opinion.nobody"),
    ],
)
def test_what_cannot_be_asked(world: World, told: dict[str, object], code: str) -> None:
    members(world, 1)
    facts: dict[str, object] = {}
    if isinstance(days := told.get("due_on"), timedelta):
        facts["due_on"] = clock.today() + days
    if isinstance(years := told.get("period"), int):
        facts["period"] = read_period(str(clock.today().year + years), AsOf(clock.now()))
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        steps.asked(world, OpinionAudience.MEMBERS, **facts)
    assert not OpinionRound.objects.exists()


def test_the_same_people_are_asked_once_and_reminded_once_a_day(world: World) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    with pytest.raises(Refused, match=r"opinion\.double"):
        steps.asked(world, OpinionAudience.UNITS)
    remind_silent(world.actor("an"), round_id=row.pk)
    assert Notice.objects.filter(kind="opinion-asked").count() == 2
    with pytest.raises(Refused, match=r"opinion\.reminded"):
        remind_silent(world.actor("an"), round_id=row.pk)
    end_round(world.actor("an"), round_id=row.pk)
    [sheet] = sheets(row)
    with pytest.raises(Refused, match=r"opinion\.over"):
        steps.answered(world, sheet, name="戴文")
    assert all(
        notice.closed for notice in with_closed(Notice.objects.all()) if notice.about == sheet.pk
    )
    steps.asked(world, OpinionAudience.UNITS)


def test_each_line_is_ticked_and_no_other(world: World) -> None:
    partner(world)
    [sheet] = sheets(steps.asked(world, OpinionAudience.UNITS))
    for audience in (OpinionAudience.MEMBERS, OpinionAudience.COMMUNITY):
        with pytest.raises(Refused, match=r"opinion\.marks"):
            express_opinion(
                world.actor("gu"),
                token=sheet.token,
                facts=steps.answer_facts(audience, name="戴文"),
            )


@pytest.mark.parametrize("reform", SUCCESSIONS)
def test_who_takes_over_reads_the_answers_and_an_end_asks_nobody(
    world: World, reform: Reform
) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    [sheet] = sheets(row)
    act = succeeded(world, reform)
    steps.answered(world, sheet, name="戴文")
    assert [one.pk for one in rounds_of(world.actor("bao"), world.bridge)] == [row.pk]
    undone(world, act)
    assert OpinionAnswer.objects.count() == 1
    second = steps.asked(world, OpinionAudience.COMMUNITY)
    assert partner_community(world.bureau) == world.willow
    done(world, world.willow, Aim(Reform.DISSOLVED))
    row.refresh_from_db()
    assert row.ended_at is not None
    second.refresh_from_db()
    assert second.ended_at is not None, "who alone was asked is gone"


def test_what_is_gone_is_asked_nothing_and_waits_for_nobody(world: World) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    [sheet] = sheets(row)
    steps.answered(world, sheet, name="戴文", text="活动室太小")
    asked = steps.asked(world, OpinionAudience.COMMUNITY)
    [silent_one] = sheets(asked)
    assert unreplied_rounds(operator(), world.east).answer() == 1
    act = done(world, world.willow, Aim(Reform.DISSOLVED))
    assert unreplied_rounds(operator(), world.east).answer() == 0
    assert not silent(asked).exists()
    with pytest.raises(Refused, match="last day"):
        steps.answered(world, silent_one, name="安静")
    undone(world, act)
    assert unreplied_rounds(operator(), world.east).answer() == 1
    steps.answered(world, silent_one, name="安静")


def test_a_reply_of_what_is_gone_is_settled_by_nobody(world: World) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    [sheet] = sheets(row)
    steps.answered(world, sheet, name="戴文", text="活动室太小")
    reply(world.actor("an"), answer_id=OpinionAnswer.objects.get().pk, words="已换大的")
    waits = partial(waiting_opinions, operator(), world.bureau)
    assert [one.token for one in waits().answer().replies] == [sheet.token]
    done(world, world.willow, Aim(Reform.DISSOLVED))
    assert not waits().answer().replies
    with pytest.raises(Refused, match="is-closed"):
        rate_reply(world.actor("gu"), token=sheet.token, settled=True)


def test_the_successor_of_a_unit_answers_what_it_was_asked_and_undone_it_does_not(
    world: World,
) -> None:
    partner(world)
    [sheet] = sheets(steps.asked(world, OpinionAudience.UNITS))
    waits = partial(waiting_opinions, operator())
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    assert [one.token for one in waits(world.commission).answer().sheets] == [sheet.token]
    undone(world, act)
    assert not waits(world.commission).answer().sheets
    act = done(world, world.bureau, Aim(Reform.MERGED, successor_id=world.commission.pk))
    steps.answered(world, sheet, name="邓敏")
    answer = OpinionAnswer.objects.get()
    assert (answer.sheet.organisation, answer.name) == (world.bureau, "邓敏"), "as it was asked"
    assert not waits(world.commission).answer().sheets


def test_rounds_are_read_where_one_may(world: World) -> None:
    partner(world)
    row = steps.asked(world, OpinionAudience.UNITS)
    place = {"an": world.willow, "fan": world.east, "bao": world.bridge, "deng": world.bureau}
    read = {name: list(rounds_of(world.actor(name), here)) for name, here in place.items()}
    assert read == {"an": [row], "fan": [row], "bao": [], "deng": []}
    [sheet] = sheets_for(world.actor("deng"), world.bureau)
    assert sheet.round == row
    for name in ("bao", "fan", "deng", "gu"):
        facts = steps.facts(OpinionAudience.UNITS)
        with pytest.raises(Absent):
            ask_opinions(world.actor(name), asker_id=world.willow.pk, facts=facts)
