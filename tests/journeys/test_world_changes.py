"""The world changes: a community is merged and a unit renamed; what was, stays as it was.

The tests run in order: what was printed, counted and posted before is looked at again afterwards.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from baodao.kernel import clock
from tests.journeys.city import City
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
GONE, HEIR = "北门社区", "松风社区"
UNIT, NEW_NAME = "市发展委机关党委", "市发展改革委机关党委"
BEFORE: dict[str, str] = {}
"""What somebody wrote down before anything changed."""


def letters(clerk: Walker) -> str:
    """The words on all letters of the unit, printed again."""
    answer = clerk.page.request.get(f"{clerk.address}/letters/print/?format=pdf")
    assert answer.ok, answer.status
    pages = PdfReader(BytesIO(answer.body())).pages
    return "".join(page.extract_text() for page in pages)


def table(supervisor: Walker) -> str:
    """The district's table as of yesterday, with the names of yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    supervisor.open("/tables/")
    supervisor.open(f"{supervisor.page.url.partition('?')[0]}?as_of={yesterday}")
    return supervisor.page.locator("table").first.inner_text()


def organisation(administrator: Walker, name: str) -> None:
    """The page of an organisation, found in the list."""
    administrator.open(f"/organisations/?q={name}")
    administrator.tap(administrator.page.get_by_role("link", name=name, exact=True).first)


def test_what_is_printed_and_counted_before(walk: Walk, city: City) -> None:
    clerk, supervisor = walk("desk"), walk("desk")
    clerk.enter("dengmin")
    BEFORE["letters"] = letters(clerk)
    supervisor.enter("fanli")
    BEFORE["table"] = table(supervisor)
    BEFORE["poster"] = city.residents_page_of(GONE)
    assert GONE in BEFORE["letters"]
    assert UNIT in BEFORE["letters"]
    assert re.search(r"[1-9]", BEFORE["table"])


def test_a_community_is_merged_after_a_look_at_what_happens(walk: Walk) -> None:
    administrator = walk("desk")
    administrator.enter("sunqiming")
    organisation(administrator, GONE)
    administrator.tap("改名、移动、合并、拆分、撤销")
    administrator.tap("合并")
    administrator.fill("由谁承接", HEIR)
    administrator.tap("预览")
    administrator.picture("administrator/reorganisation")
    administrator.fill("理由", "社区合并，街道文件〔2026〕8 号")
    administrator.tap("确认办理")
    assert administrator.sees(HEIR)
    assert administrator.fields == 2


def test_a_unit_gets_another_name(walk: Walk) -> None:
    administrator = walk("desk")
    administrator.enter("sunqiming")
    organisation(administrator, UNIT)
    administrator.tap("改名、移动、合并、拆分、撤销")
    administrator.tap("改名")
    administrator.fill("新名称", NEW_NAME)
    administrator.tap("预览")
    administrator.fill("理由", "机构改革")
    administrator.tap("确认办理")
    assert administrator.sees(NEW_NAME)
    assert administrator.sees(UNIT), "what it was before stands on its page"


def test_papers_and_the_table_of_yesterday_say_what_they_said(walk: Walk) -> None:
    clerk, supervisor = walk("desk"), walk("desk")
    clerk.enter("dengmin")
    assert clerk.sees(NEW_NAME)
    assert letters(clerk) == BEFORE["letters"]
    supervisor.enter("fanli")
    assert table(supervisor) == BEFORE["table"]


def test_an_old_poster_leads_on(walk: Walk) -> None:
    resident = walk("phone", script=False)
    resident.open(f"/ask/{BEFORE['poster']}/")
    assert resident.sees(HEIR)
