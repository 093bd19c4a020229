"""Policies that were written from the manual's page alone, with worked examples: a county's points
in three grades, a unit's two thresholds for its branches, two visits a week that may be made up."""

from datetime import date

import pytest
import yaml
from django.utils import translation

from baodao.policies.queries.wording import explained, misprint_lines
from baodao.policies.rules.assessments import Assessment, assess
from baodao.policies.rules.documents import read_policy
from baodao.policies.rules.reading import Misprints
from baodao.policies.rules.reasons import reason_of
from baodao.ui.wording import spoken
from tests.policies.examples import facts_from

COUNTY = """
format: 1
name: 县直机关在职党员积分管理办法
amounts:
  服务分:
    {count: service, label: 服务积分, unit: points, worth: {hour: 2}, caps: {day: 8, month: 20}}
  宣讲分:
    count: service
    label: 政策宣讲积分
    unit: points
    worth: {each: 3}
    where: {kind: [policy]}
    caps: {quarter: 9}
  心愿分: {count: wish, label: 微心愿积分, unit: points, worth: {each: 5}, caps: {window: 20}}
  总分: {sum: [服务分, 宣讲分, 心愿分], label: 年度积分, at_most: 100}
requirements:
  报到: {amount: {count: report, label: 报到, window: lifetime}, at_least: 1, by: 06-30}
  全年两次: {amount: {count: service, label: 志愿服务}, at_least: 2}
outcome:
  grades: [好, 较好, 一般]
  bands:
    {of: 总分, steps: [{from: 60, grade: 好}, {from: 30, grade: 较好}], otherwise: 一般}
  consequences:
    - {if: {none: [报到]}, grade: 一般, says: 未按时报到的，定为一般}
    - {if: {none: [全年两次]}, at_most: 较好, says: 服务不足两次的，不得评为好}
"""
BRANCHES = """
format: 1
name: 机关党委对支部的最低要求
subject: branch
amounts:
  应报到: {count: member, label: 应报到党员, unit: people, worth: {value: 1}}
  完成: {count: completed, label: 完成任务党员, unit: people, worth: {value: 1}}
  完成率: {rate: 完成, among: 应报到, label: 完成率}
  活动: {count: activity, label: 支部活动}
requirements:
  底线: {all: [{amount: 完成率, at_least: 70}, {amount: 活动, at_least: 1, every: quarter}]}
  优秀线: {all: [{amount: 完成率, at_least: 90}, {amount: 活动, at_least: 6}]}
outcome:
  pass: 底线
  passed: 合格支部
  failed: 限期整改
  grades: [优秀, 合格, 不合格]
  bands:
    of: {met: [底线, 优秀线], label: 达到的标准}
    steps: [{from: 2, grade: 优秀}, {from: 1, grade: 合格}]
    otherwise: 不合格
"""
CADRES = """
format: 1
name: 包联干部每周两访，当月可以补访
subject: cadre
period: month
amounts: {走访: {count: visit, label: 走访}}
outcome:
  pass:
    any: [{amount: 走访, at_least: 2, every: week}, {amount: 走访, at_least: 8}]
"""
REPORTED = "{what: report, date: 2026-03-01}"
HOURS = "{what: service, date: 2026-01-05, minutes: 120, repeat: 30}"
TALK = "{what: service, date: 2026-01-05, minutes: 60, kind: policy, repeat: 2}"
WISHES = "{what: wish, date: 2026-04-01, repeat: 9}"
LONG_DAY = "{what: service, date: 2026-05-04, minutes: 600}"


def _applied(text: str, deeds: str, day: str) -> Assessment:
    known = facts_from(yaml.safe_load(f"{{deeds: [{deeds}]}}"))
    return assess(read_policy(text), known, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("deeds", "value", "grade", "says"),
    [
        (f"{REPORTED}, {HOURS}", 100, "好", []),
        (HOURS, 100, "一般", ["未按时报到的，定为一般"]),
        (f"{HOURS}, {{what: report, date: 2026-07-01}}", 100, "一般", ["未按时报到的，定为一般"]),
        (f"{REPORTED}, {TALK}", 10, "一般", []),
        (
            f"{REPORTED}, {WISHES}, {LONG_DAY}",
            28,
            "一般",
            ["服务不足两次的，不得评为好"],
        ),
    ],
)
def test_points_of_a_county(deeds: str, value: int, grade: str, says: list[str]) -> None:
    assessment = _applied(COUNTY, deeds, "2026-12-31")
    assert (assessment.value, assessment.grade) == (value, grade)
    assert [one.says for one in assessment.consequences] == says


@pytest.mark.parametrize(
    ("completed", "activities", "grade", "state"),
    [(9, 8, "优秀", "met"), (7, 4, "合格", "met"), (6, 8, "不合格", "missed")],
)
def test_two_thresholds_of_branches(
    completed: int, activities: int, grade: str, state: str
) -> None:
    dates = ["01-05", "02-05", "04-05", "05-05", "07-05", "08-05", "10-05", "11-05"]
    some = dates if activities == 8 else dates[::2]
    deeds = [f"{{what: activity, date: 2026-{one}}}" for one in some]
    deeds += [
        "{what: member, date: 2026-12-31, value: 10}",
        f"{{what: completed, date: 2026-12-31, value: {completed}}}",
    ]
    assessment = _applied(BRANCHES, ", ".join(deeds), "2026-12-31")
    assert (assessment.grade, assessment.state) == (grade, state)


VISITS = "{{what: visit, date: 2026-06-{0}}}"


@pytest.mark.parametrize(
    ("visits", "day", "state", "reason"),
    [
        ("01 02 08 09 10 11 22 23", "30", "met", "走访：已完成 8 次，已达到要求的 8 次"),
        (
            "01 08 09 10",
            "16",
            "open",
            "还差 4 次走访：已完成 4 次，要求 8 次",
        ),
        (
            "01 08 09 10",
            "30",
            "missed",
            "未达到要求，差 3 周，或差 4 次",
        ),
    ],
)
def test_visits_of_a_week_are_made_up_in_the_month(
    visits: str, day: str, state: str, reason: str
) -> None:
    deeds = ", ".join(VISITS.format(one) for one in visits.split())
    assessment = _applied(CADRES, deeds, f"2026-06-{day}")
    assert assessment.state == state
    assert assessment.result
    with translation.override("zh-hans"):
        assert spoken(reason_of(assessment.result, read_policy(CADRES))).startswith(reason)


def test_what_a_policy_calls_things_is_told() -> None:
    with translation.override("zh-hans"):
        told = "\n".join(explained(read_policy(BRANCHES)) + explained(read_policy(COUNTY)))
    assert "达到要求的：合格支部。\n未达到要求的：限期整改。" in told
    assert "只计政策宣传" in told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("format: 1\nname：试试\noutcome: {}", 2),
        ("format: 1\nname: 试试\noutcome: {pass: {amount: {count: service}， at_least: 6}}", 3),
    ],
)
def test_a_chinese_mark_is_named_where_it_stands(text: str, line: int) -> None:

    with pytest.raises(Misprints) as raised, translation.override("zh-hans"):
        read_policy(text)
    with translation.override("zh-hans"):
        [told] = misprint_lines(raised.value)
    assert told.startswith(f"第 {line} 行：")
    assert "中文标点" in told
