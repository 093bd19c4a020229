"""The language of policies: what a text may say, what is told of a text that is wrong."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import jsonschema_rs
import pytest
import yaml
from django.utils import translation

from baodao.kernel.phrases import in_english, plain_number
from baodao.policies.queries.wording import caution_words, explained, misprint_words
from baodao.policies.rules.assessments import Assessment, assess
from baodao.policies.rules.checks import unrecorded_in
from baodao.policies.rules.deeds import ALSO
from baodao.policies.rules.documents import digest_of, read_policy, switches_of
from baodao.policies.rules.measures import (
    RECORDED,
    DeedKind,
    DeedTrait,
    SubjectKind,
)
from baodao.policies.rules.reading import Misprints
from baodao.policies.rules.schema import schema
from tests.environment import ROOT
from tests.policies.examples import NAMES, facts_from, preset

READERS = {
    "members": [SubjectKind.PERSON],
    "cadres": [SubjectKind.CADRE],
    "places": [SubjectKind.BRANCH, SubjectKind.UNIT, SubjectKind.COMMUNITY],
}
HEAD = "format: 1\nname: 办法\n"


def _applied(text: str, day: str = "2026-12-31", about: str = "", **facts: Any) -> Assessment:
    """What a policy says of facts that are written as in the examples."""
    known = facts_from(yaml.safe_load(str(facts["facts"])) if "facts" in facts else {})
    on = date.fromisoformat(about) if about else None
    return assess(read_policy(HEAD + text), known, date.fromisoformat(day), on)


def _value(amount: str, deeds: str, **options: Any) -> Any:
    text = (
        f"amounts:\n  x: {amount}\noutcome: {{bands: {{of: x, steps: [{{from: 1, grade: 好}}]}}}}"
    )
    return _applied(text, facts=f"{{deeds: {deeds}}}", **options).value


SERVICES = "[{what: service, date: 2026-01-05, minutes: 90, repeat: 10}]"


@pytest.mark.parametrize(
    ("amount", "deeds", "value"),
    [
        ("{count: service}", SERVICES, 10),
        ("{count: service, worth: {hour: 1}}", SERVICES, 15),
        ("{count: service, worth: 3}", SERVICES, 30),
        ("{count: service, worth: {each: 1, hour: 2}}", SERVICES, 40),
        ("{count: service, worth: {hour: 1/3}}", SERVICES, 5),
        ("{count: service, worth: {hour: 1}, caps: {item: 1}}", SERVICES, 10),
        ("{count: service, worth: {hour: 1}, caps: {month: 4}}", SERVICES, 11),
        ("{count: service, caps: {window: 8}}", SERVICES, 8),
        ("{count: service, caps: {week: 1, month: 3}}", SERVICES, 8),
        ("{count: service, once: month}", SERVICES, 3),
        ("{count: service, where: {months: [2]}}", SERVICES, 4),
        ("{count: service, where: {except: {months: [2]}}}", SERVICES, 6),
        ("{count: service, where: {weekdays: [1]}}", SERVICES, 10),
        ("{count: service, where: {minutes_at_least: 91}}", SERVICES, 0),
        (
            "{count: service, where: {way: [menu, post]}}",
            "[{what: service, date: 2026-01-05, way: post}]",
            1,
        ),
        ("{count: service, where: {confirmed: true}}", SERVICES, 0),
        ("{count: service, factors: [{where: {months: [1]}, times: 1.5}]}", SERVICES, 12),
        ("{count: service, window: {span: rolling, days: 300}}", SERVICES, 1),
        ("{count: service, window: quarter}", SERVICES, 0),
        ("{count: service, window: {span: cycle, months: 24, start: 2025-03-01}}", SERVICES, 10),
        (
            "{count: activity, worth: {by: grade, table: {大: 10, 小: 2}, otherwise: 1}}",
            "[{what: activity, date: 2026-02-01, grade: 大}, {what: activity, date: 2026-02-02}]",
            11,
        ),
        ("{sum: [{of: {count: service}, times: -5}], start: 60, floor: 20}", SERVICES, 20),
        ("{sum: [{of: {count: service}, full: 20, weight: 30}]}", SERVICES, 15),
        ("{sum: [{of: {count: service}, beyond: 6, times: 2, at_most: 5}], start: 1}", SERVICES, 6),
        ("{sum: [{of: {count: service}}, {of: {count: visit}}], at_most: 7}", SERVICES, 7),
        ("{rate: {count: service, where: {months: [1]}}, among: {count: service}}", SERVICES, 40),
        ("{rate: {count: visit}, among: {count: visit}}", SERVICES, 100),
        ("{best: [{count: service}, {count: visit}]}", SERVICES, 10),
        (
            "{best: [{count: service}, {count: service, once: month}, {count: visit}], keep: 2}",
            SERVICES,
            13,
        ),
        (
            "{met: [{amount: {count: service}, at_least: 3}, {amount: {count: help}, at_most: 0}]}",
            SERVICES,
            2,
        ),
        (
            "{carry: {count: service}, beyond: 4, share: 50, at_most: 2}",
            "[{what: service, date: 2025-02-01, repeat: 7}]",
            Fraction(3, 2),
        ),
        (
            "{carry: {count: service}, beyond: 4, share: 50, at_most: 2}",
            "[{what: service, date: 2025-02-01, repeat: 12}]",
            2,
        ),
        ("{count: score, worth: {value: 1}}", "[{what: score, date: 2026-02-01, value: 87}]", 87),
    ],
)
def test_an_amount_has_its_value(amount: str, deeds: str, value: object) -> None:
    assert _value(amount, deeds) == value


GRADED = """
amounts:
  points: {count: service, unit: points}
requirements:
  visited: {amount: {count: visit}, at_least: 1}
outcome:
  grades: [优秀, 合格, 基本合格, 不合格]
  bands: {of: points, steps: [{from: 9, grade: 优秀}, {from: 5, grade: 合格}], otherwise: 基本合格}
  consequences:
    - {if: {none: [visited]}, at_most: 合格}
    - {if: {amount: {count: project}, at_least: 1}, grade: 不合格, says: 一票否决}
"""


@pytest.mark.parametrize(
    ("deeds", "grade"),
    [
        ("[{what: service, date: 2026-01-05, repeat: 9}, {what: visit, date: 2026-01-05}]", "优秀"),
        ("[{what: service, date: 2026-01-05, repeat: 9}]", "合格"),
        ("[{what: service, date: 2026-01-05, repeat: 4}]", "基本合格"),
        (
            "[{what: service, date: 2026-01-05, repeat: 9}, {what: project, date: 2026-01-05}]",
            "不合格",
        ),
    ],
)
def test_a_ceiling_and_a_veto_limit_the_grade(deeds: str, grade: str) -> None:
    assert _applied(GRADED, facts=f"{{deeds: {deeds}}}").grade == grade


STARS = """
outcome:
  stars:
    of: {count: service, window: lifetime, worth: {hour: 1}}
    steps: [{from: 2, grade: 一星}, {from: 4, grade: 二星}, {from: 6, grade: 三星}]
    keep: {amount: {count: service}, at_least: 1, every: year}
"""


@pytest.mark.parametrize(
    ("day", "deeds", "star"),
    [
        ("2024-12-31", "{date: 2024-02-01, repeat: 4}", "二星"),
        ("2025-12-30", "{date: 2024-02-01, repeat: 4}", "二星"),
        ("2025-12-31", "{date: 2024-02-01, repeat: 4}", "一星"),
        ("2026-12-31", "{date: 2024-02-01, repeat: 4}", ""),
        ("2026-12-31", "{date: 2024-02-01, repeat: 4}, {what: service, date: 2026-03-01}", "二星"),
    ],
)
def test_a_star_is_lost_and_regained_a_step_a_year(day: str, deeds: str, star: str) -> None:
    facts = f"{{deeds: [{deeds.replace('{date', '{what: service, date', 1)}]}}"
    assert _applied(STARS, day, facts=facts).star == star


KINDS = """
outcome:
  pass:
    at_least: 2
    any:
      - {amount: {count: service}, at_least: 4}
      - {amount: {count: visit}, at_least: 1}
      - {amount: {count: wish}, at_least: 1}
"""


@pytest.mark.parametrize(
    ("day", "deeds", "state"),
    [
        (
            "2026-12-31",
            "[{what: service, date: 2026-01-01, repeat: 4}, {what: visit, date: 2026-02-01}]",
            "met",
        ),
        ("2026-12-31", "[{what: service, date: 2026-01-01, repeat: 4}]", "missed"),
        ("2026-12-30", "[{what: service, date: 2026-01-01, repeat: 4}]", "open"),
    ],
)
def test_so_many_of_several_are_asked(day: str, deeds: str, state: str) -> None:
    assert _applied(KINDS, day, facts=f"{{deeds: {deeds}}}").state == state


@pytest.mark.parametrize(
    ("population", "facts", "asked_for"),
    [
        ("{}", "{member: [{from: 2026-07-01}]}", 6),
        ("{joining: whole}", "{member: [{from: 2026-07-01}]}", 12),
        ("{joining: next}", "{member: [{from: 2026-07-01}]}", 0),
        ("{}", "{member: [{from: 2026-07-16}]}", 6),
        ("{}", "{member: [{from: 2026-07-18}]}", 5),
        ("{}", "{member: [{from: 2026-12-16}]}", 1),
        ("{}", "{member: [{from: 2026-12-18}]}", 0),
        ("{}", "{exempt: [{from: 2026-04-01, until: 2026-06-30}]}", 9),
        ("{exempt: ignore}", "{exempt: [{from: 2026-04-01, until: 2026-06-30}]}", 12),
        ("{exempt: excuse}", "{exempt: [{from: 2026-04-01, until: 2026-06-30}]}", 0),
        ("{}", "{exempt: [{from: 2026-01-01, until: 2026-12-31}]}", 0),
        ("{}", "{member: [{from: 2020-01-01, until: 2026-03-31}, {from: 2026-10-01}]}", 6),
    ],
)
def test_what_is_asked_shrinks_with_the_time(population: str, facts: str, asked_for: int) -> None:
    text = (
        f"population: {population}\noutcome: {{pass: {{amount: {{count: service}}, at_least: 12}}}}"
    )
    result = _applied(text, facts=facts).result
    assert result
    assert result.due == asked_for
    assert (result.state == "excused") == (asked_for == 0)


@pytest.mark.parametrize(
    ("asked", "first", "due"),
    [
        ("1", "2026-12-01", 1),
        ("1", "2026-12-18", 0),
        ("2", "2026-11-01", 1),
        ("2", "2026-07-01", 1),
        ("10", "2026-03-01", 8),
        ("0.5", "2026-07-01", 0),
    ],
)
def test_what_shrinks_stays_at_least_one(asked: str, first: str, due: int) -> None:
    text = f"outcome: {{pass: {{amount: {{count: service}}, at_least: {asked}}}}}"
    result = _applied(text, facts=f"{{member: [{{from: {first}}}]}}").result
    assert result
    assert result.due == due


@pytest.mark.parametrize(
    ("deeds", "day", "about", "state"),
    [
        ("[{what: visit, date: 2028-02-01, repeat: 3, step: 10}]", "2028-02-29", "", "met"),
        ("[{what: visit, date: 2028-02-10, repeat: 2, step: 19}]", "2028-02-29", "", "missed"),
        ("[{what: visit, date: 2028-02-10}, {what: visit, date: 2028-02-20}]", "2028-02-20", "",
         "open"),
        ("[{what: visit, date: 2028-02-09, repeat: 3, step: 10}]", "2028-03-05", "2028-02-01",
         "met"),
    ],
)  # fmt: skip
def test_every_ten_days_of_a_month(deeds: str, day: str, about: str, state: str) -> None:
    """1–10, 11–20, 21 to the last of the month."""
    text = f"period: month\n{TEN_DAYS}"
    assert _applied(text, day, about, facts=f"{{deeds: {deeds}}}").state == state
    with translation.override("zh-hans"):
        told = "".join(explained(read_policy(HEAD + text)))
    assert "每旬走访不少于 1 次" in told


def test_a_window_before_the_first_roster_is_not_asked_one_that_holds_it_is_whole() -> None:
    """Who was there before is asked the whole year, but nothing of a half-year of which nothing
    could be recorded."""
    known = "{member: [{from: 1900-01-01}], joined: %s}"
    yearly = "outcome: {pass: {amount: {count: service}, at_least: 12}}"
    halves = "outcome: {pass: {amount: {count: service}, at_least: 1, every: half-year}}"
    for joined, asked in (("2026-06-30", 2), ("2026-07-01", 1)):
        year = _applied(yearly, facts=known % joined).result
        half = _applied(halves, facts=known % joined).result
        assert year
        assert half
        assert (year.due, half.due) == (12, asked)


def test_rounding_is_said_by_the_policy() -> None:
    facts = "{member: [{from: 2026-07-01}]}"
    for rounding, due in (("down", 2), ("up", 3), ("exact", Fraction(5, 2))):
        text = f"population: {{rounding: {rounding}}}\n"
        text += "outcome: {pass: {amount: {count: service}, at_least: 5}}"
        result = _applied(text, facts=facts).result
        assert result
        assert result.due == due


def test_what_must_not_be_passed_is_missed_at_once() -> None:
    text = "outcome: {pass: {amount: {count: claim}, at_most: 2}}"
    deeds = "{deeds: [{what: claim, date: 2026-01-05, repeat: 3}]}"
    assert _applied(text, "2026-02-01", facts=deeds).state == "missed"
    assert _applied(text, "2026-01-12", facts=deeds).state == "met"


SIX_WEEKS = "outcome: {pass: {amount: {count: visit}, at_least: 1, every: week, windows: 6}}"
TEN_DAYS = "outcome: {pass: {amount: {count: visit}, at_least: 1, every: ten-days}}"
WRONG = [
    ("amounts: {a: {count: servise}}\noutcome: {pass: {amount: a, at_least: 1}}", 3, "service"),
    ("amounts: {a: {count: service}}\noutcome: {pass: {amount: b, at_least: 1}}", 4, "a"),
    ("outcome:\n  pass: {amount: {count: service}, at_laest: 1}", 4, "at_least"),
    ("outcome:\n  pas: {amount: {count: service}, at_least: 1}", 4, "pass"),
    ("outcome: {pass: {amuont: x}}", 3, "amount"),
    ("period: {span: yaer}\noutcome: {}", 3, "year"),
    ("outcome: {pass: minimum}", 3, "minimum"),
    ("outcome: {pass: {amount: {count: service}}}", 3, "at_most"),
    ("outcome: {pass: {amount: {count: service}, at_least: many}}", 3, "at_least"),
    ("outcome: {pass: {amount: {count: service}, at_least: 1, by: 06-31}}", 3, "06-31"),
    ("outcome: {pass: {any: [{amount: {count: service}, at_least: 1}], at_least: 2}}", 3, ""),
    (
        "period: lifetime\noutcome: {pass: {amount: {count: visit}, at_least: 1, every: week}}",
        4,
        "",
    ),
    (
        "period: month\noutcome: {pass: {amount: {count: visit}, at_least: 1, every: year}}",
        4,
        "year",
    ),
    ("outcome: {pass: {amount: {count: visit}, at_least: 1, every: year, by: 06-30}}", 3, "by"),
    (
        "amounts: {a: {count: service, worth: {by: way, table: {pairng: 2}}}}\noutcome: {}",
        3,
        "pairing",
    ),
    ("outcome: {}", 3, "pass"),
    ("outcome: {publicity_days: -1}", 3, "-1"),
    ("outcome: {pass: {amount: {count: service}, at_least: -10}}", 3, "-10"),
    ("name: 二\noutcome: {}", 3, "name"),
    ("outcome: [", 4, ""),
    ("amounts: {a: {sum: [b]}, b: {sum: [a]}}\noutcome: {pass: {amount: a, at_least: 1}}", 3, "a"),
    ("outcome: {pass: &x {amount: {count: service}, at_least: 1}, grades: *x}", 3, ""),
    ("outcome: {grades: [好], consequences: [{if: {none: []}, grade: 坏}]}", 3, "坏"),
    ("outcome: {pass: {amount: {count: service}, all: [], at_least: 1}}", 3, "amount, all"),
    (
        "amounts: {a: {count: visit, window: rolling}}\noutcome: {pass: {amount: a, at_least: 1}}",
        3,
        "days",
    ),
    ("outcome:\n\tpass: {amount: {count: service}, at_least: 1}", 4, "tab"),
    (
        "outcome:\n  pass: {amount: {count: visit}, at_least: 1, every: month, windows: 13}",
        4,
        "at most 12",
    ),
    (
        f"period: month\n{SIX_WEEKS}",
        4,
        "at most 5",
    ),
    (
        "period: quarter\noutcome: {pass: {amount: {count: visit}, at_least: 1, by: 07-01}}",
        4,
        "period: year",
    ),
    (
        (
            "subject: branch\noutcome: {pass: {amount: a, at_least: 1}}\n"
            "amounts: {a: {count: activity, worth: {by: grade, table: {优: 5, 好: 3}}}}"
        ),
        5,
        "较好",
    ),
    (
        (
            "subject: unit\namounts: {a: {count: activity, where: {grade: [较 好]}}}\n"
            "outcome: {pass: {amount: a, at_least: 1}}"
        ),
        4,
        "较好",
    ),
    (f"period: month\n{TEN_DAYS.replace('}}', ', windows: 4}}')}", 4, "at most 3"),
]


@pytest.mark.parametrize(("text", "line", "word"), WRONG)
def test_what_is_wrong_is_told_with_line_and_word(text: str, line: int, word: str) -> None:
    with pytest.raises(Misprints) as raised:
        read_policy(HEAD + text)
    first = raised.value.misprints[0]
    assert first.line == line
    assert word in first.phrase.in_words(in_english)
    with translation.override("zh-hans"):
        assert misprint_words(first).startswith(f"第 {line} 行：")


def _words_of(part: Any) -> Iterator[str]:
    """The keys and the words of closed lists of a schema."""
    if isinstance(part, dict):
        yield from part.get("properties", {})
        yield from part.get("enum", ())
        for one in part.values():
            yield from _words_of(one)
    elif isinstance(part, list):
        for one in part:
            yield from _words_of(one)


MORE_WRONG = [
    "subject: 党员\noutcome: {pass: {amount: {count: 服务}, at_least: 1}}",
    "period: 全年\noutcome: {pass: {amount: {count: service}, at_least: 一}}",
    "amounts: [1]\noutcome: {pass: {amount: {count: service}, at_least: 1, windows: 2}}",
    "outcome: {pass: {amount: {count: service, window: {span: cycle}}, at_least: 1.5.2}}",
    "outcome: {pass: {amount: {count: service, once: 天}, at_least: 2, at_most: 1}}",
    "outcome: {pass: [1], vote: [], publicity_days: 1.5, consequences: [{if: {none: []}}]}",
    "amounts: {a: {count: service, worth: {by: grade}}}\noutcome: {pass: {[a]: 1}}",
    "outcome: {bands: {of: {count: service}, steps: []}, extension: {months: x}}",
    "outcome: {pass: {amount: {count: service, where: {confirmed: 也许}}, at_least: 1}}",
    "period: {span: cycle, months: 12, start: 明年}\noutcome: {}",
    "period: month\noutcome: {pass: {amount: {count: visit}, at_least: 1, every: lifetime}}",
]
_QUOTED = re.compile(r"“[^”]*”")
_LATIN = re.compile(r"[A-Za-z][A-Za-z_-]*")
CODES_AND_KEYS = {*_words_of(schema())}


@pytest.mark.parametrize("text", [*(one[0] for one in WRONG), *MORE_WRONG])
def test_what_is_wrong_is_told_in_chinese_with_keys_alone_as_they_are(text: str) -> None:
    with pytest.raises(Misprints) as raised:
        read_policy(HEAD + text)
    with translation.override("zh-hans"):
        told = [misprint_words(one) for one in raised.value.misprints]
    latin = {word for line in told for word in _LATIN.findall(_QUOTED.sub("", line))}
    own = {*_LATIN.findall(text)}
    assert latin <= CODES_AND_KEYS | own | {"true", "false"}, told
    assert "%(" not in "".join(told)


def test_a_word_that_may_stand_has_its_meaning_beside_it() -> None:
    with pytest.raises(Misprints) as raised:
        read_policy(HEAD + MORE_WRONG[0])
    with translation.override("zh-hans"):
        told = "\n".join(misprint_words(one) for one in raised.value.misprints)
    assert "person（在职党员）" in told
    assert "service（" in told


BLOCK = re.compile(r"^```(?:yaml)?\n(format: 1\n.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "paper", ["docs/manual/administrator/policies.md", "docs/mechanisms/policies.md"]
)
def test_the_policies_that_papers_show_can_be_applied(paper: str) -> None:
    texts = BLOCK.findall((ROOT / paper).read_text())
    assert texts
    for text in texts:
        read_policy(text)


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = "amounts: {a: {count: servise, wher: {}}}\noutcome: {pass: {amount: a, at_laest: 1}}"
    with pytest.raises(Misprints) as raised:
        read_policy(HEAD + text)
    assert len(raised.value.misprints) == 3


def test_a_word_that_stands_twice_is_told_once() -> None:
    bound = "pass: {amount: {count: service}, at_least: 1}"
    with pytest.raises(Misprints) as raised:
        read_policy(f"{HEAD}outcome:\n  {bound}\n  {bound}")
    assert [one.line for one in raised.value.misprints] == [5]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "- 1", "a: b: c", "\x00", "[" * 500, "a: " * 50_000, "? [a]\n: b", "x" * 200_001],
)
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(Misprints) as raised:
        read_policy(text)
    assert raised.value.misprints


@pytest.mark.parametrize(("text", "line", "word"), WRONG[:7])
def test_the_published_schema_refuses_what_the_reader_refuses(
    text: str, line: int, word: str
) -> None:
    known = yaml.safe_load(HEAD + text)
    is_name = "b, at_least" in text or "pass: minimum" in text
    assert jsonschema_rs.validator_for(schema()).is_valid(known) is is_name


def test_points_and_stars_say_which_switch_they_need() -> None:
    assert switches_of(read_policy(HEAD + GRADED)) == ["points"]
    assert switches_of(read_policy(HEAD + STARS)) == ["stars"]
    assert switches_of(read_policy(HEAD + KINDS)) == []


def test_what_is_recorded_nowhere_is_said_of_a_policy_that_counts_it() -> None:
    """No preset does: nobody could meet it."""
    assert {name: words for name in NAMES if (words := unrecorded_in(preset(name)))} == {}
    contacts = read_policy(f"{HEAD}outcome: {{pass: {{amount: {{count: contact}}, at_least: 1}}}}")
    assert unrecorded_in(contacts) == [DeedKind.CONTACT.words]
    graded = "amounts: {a: {count: activity, where: {grade: [好]}}}\n"
    asked = f"{HEAD}%s{graded}outcome: {{pass: {{amount: a, at_least: 1}}}}"
    assert unrecorded_in(read_policy(asked % "subject: branch\n")) == []
    assert unrecorded_in(read_policy(asked % "")) == [DeedTrait.GRADE.words]
    with translation.override("zh-hans"):
        assert caution_words(contacts) == ["本系统没有下列记录，按 0 计算：与社区联系。"]
        kinds = "{count: service, where: {kind: [环境整治, patrol], weekdays: [6, 7]}}"
        table = "{count: service, worth: {by: kind, table: {扶贫济困: 10, mediation: 8}}}"
        paid = read_policy(f"{HEAD}amounts: {{a: {table}}}\n{STARS}")
        assert "服务类型要写代码：“扶贫济困”请写成 relief。" in caution_words(paid)
        assert "按类别：扶贫济困 10 分、矛盾调解 8 分" in "".join(explained(paid))
        own = read_policy(f"{HEAD}amounts: {{a: {kinds}}}{STARS}")
        assert "服务类型要写代码：“环境整治”请写成 environment。" in caution_words(own)
        told = "".join(explained(own))
    assert "星期六、星期日" in told
    assert "每年服务不少于 1 次的保留星级" in told


def test_what_is_recorded_is_what_the_readers_of_facts_yield() -> None:
    """What a service is counted as besides is made of it later."""
    besides = {*ALSO.values(), DeedKind.PROJECT}
    for name, subjects in READERS.items():
        told = set[DeedKind]().union(*(RECORDED[one] for one in subjects))
        read = _kinds_in(f"baodao/subjects/queries/{name}.py")
        assert read == (told - besides if name == "members" else told), name


def _kinds_in(path: str) -> set[DeedKind]:
    return {DeedKind[one] for one in re.findall(r"DeedKind\.([A-Z_]+)", (ROOT / path).read_text())}


def test_a_version_is_known_by_its_text_whatever_ends_the_lines() -> None:
    assert digest_of("a\nb") == digest_of("a\r\nb\r\n")
    assert digest_of("a") != digest_of("b")


def test_numbers_are_told_without_needless_places() -> None:
    assert [plain_number(one) for one in (6, Fraction(75, 2), Fraction(1, 3), Fraction(4, 2))] == [
        "6",
        "37.5",
        "0.33",
        "2",
    ]
