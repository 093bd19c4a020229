"""What people type: saved on leaving the field, or asked about before it is lost."""

from collections.abc import Callable

import pytest

from tests.journeys.walker import Walker, dialogs_of

pytestmark = pytest.mark.journey

Walk = Callable[..., Walker]
LINE = "热心公益，随叫随到。"


@pytest.mark.parametrize("kind", ["desk", "phone"])
def test_each_line_of_judgement_is_kept_when_the_list_is_left(walk: Walk, kind: str) -> None:
    secretary = walk(kind)
    secretary.enter("linyue")
    secretary.open("/feedback/?state=draft")
    questions = dialogs_of(secretary)
    fields = secretary.page.locator("main input[name^=line-]")
    line, name = f"{LINE}（{kind}）", fields.nth(1).get_attribute("name")
    fields.nth(1).fill(line)
    secretary.page.keyboard.press("Tab")
    secretary.waits_for("已保存")
    fields.nth(2).fill(line)
    secretary.open("/feedback/?state=draft")
    assert questions == ["beforeunload"], "the field was not left"
    assert secretary.page.locator(f"[name={name}]").input_value() == line


def test_a_line_that_cannot_be_saved_says_so_and_is_not_left_in_silence(walk: Walk) -> None:
    secretary = walk("desk")
    secretary.enter("linyue")
    secretary.open("/feedback/?state=draft")
    questions = dialogs_of(secretary)
    secretary.page.route("**/line/", lambda route: route.abort())
    field = secretary.page.locator("main input[name^=line-]").nth(3)
    field.fill(LINE)
    secretary.page.keyboard.press("Tab")
    secretary.waits_for("未保存，请检查网络后再保存。")
    secretary.page.unroute("**/line/")
    field.fill(f"{LINE}好。")
    secretary.page.keyboard.press("Tab")
    secretary.waits_for("已保存")
    secretary.open("/feedback/")
    assert questions == []


def test_signed_out_meanwhile_a_line_waits_until_one_is_signed_in_again(walk: Walk) -> None:
    """In another window, and leaves the field again: nothing is typed anew."""
    secretary = walk("desk")
    secretary.enter("linyue")
    secretary.open("/feedback/?state=draft")
    questions = dialogs_of(secretary)
    field = secretary.page.locator("main input[name^=line-]").nth(4)
    line, name = f"{LINE}（再次登录）", field.get_attribute("name")
    secretary.page.context.clear_cookies()
    field.fill(line)
    secretary.page.keyboard.press("Tab")
    secretary.waits_for("未保存：登录已失效。")
    another = Walker(secretary.page.context.new_page(), secretary.address)
    another.enter("linyue")
    secretary.page.bring_to_front()
    field.focus()
    secretary.page.keyboard.press("Tab")
    secretary.waits_for("已保存")
    secretary.open("/feedback/?state=draft")
    assert secretary.page.locator(f"[name={name}]").input_value() == line
    assert questions == []


def test_a_link_pressed_after_the_last_word_waits_for_its_line(walk: Walk) -> None:
    """Signed out, it leads nowhere before one has decided."""
    secretary = walk("desk")
    secretary.enter("linyue")
    secretary.open("/feedback/?state=draft")
    kinds: list[str] = []
    secretary.page.on("dialog", lambda dialog: (kinds.append(dialog.type), dialog.dismiss()))
    secretary.page.context.clear_cookies()
    secretary.page.locator("main input[name^=line-]").nth(5).fill(LINE)
    secretary.page.locator("nav a").first.click(no_wait_after=True)
    secretary.waits_for("未保存：登录已失效。")
    secretary.page.wait_for_timeout(200)
    assert kinds == ["beforeunload"]
    assert "/feedback/" in secretary.page.url


def test_words_of_a_report_are_kept_while_one_thinks_and_before_the_figures_are_counted_anew(
    walk: Walk,
) -> None:
    clerk = walk("desk")
    clerk.enter("dengmin")
    clerk.open("/reports/")
    questions = dialogs_of(clerk)
    clerk.tap(clerk.page.get_by_role("link", name="工作总结").first)
    words = clerk.page.locator("main textarea").nth(3)
    words.fill("逐人联系未报到的党员。")
    clerk.waits_for("已保存")
    words.fill("逐人联系，月底前报到。")
    clerk.tap("重新统计数据")
    assert clerk.page.locator("main textarea").nth(3).input_value() == "逐人联系，月底前报到。"
    assert questions == []


def test_a_long_form_asks_before_it_is_left_and_not_when_it_is_given_up_or_sent(walk: Walk) -> None:
    worker = walk("desk")
    worker.enter("anjing")
    questions = dialogs_of(worker)
    worker.open("/needs/new/")
    worker.page.locator("main textarea").first.fill("楼道里的灯坏了三天")
    worker.tap(worker.page.locator("nav a").first)
    assert questions == ["beforeunload"]
    worker.open("/needs/new/")
    worker.page.locator("main textarea").first.fill("楼道里的灯坏了三天")
    worker.tap("取消")
    assert questions == ["beforeunload"], "given up on purpose"


FORMS = {
    "anjing": (
        *("/needs/new/", "/records/enter/", "/offers/new/activity/", "/offers/calendar/"),
        *("/needs/menu/new/", "/settings/words/"),
        "/needs/orders/ → /dispatch/",
    ),
    "dengmin": (
        *("/people/add/", "/unit/services/activities/new/", "/unit/needs/new/"),
        *("/settings/contact/", "/unit/services/ → /unit/services/0"),
    ),
    "qiumin": ("/me/facts/", "/me/services/add/", "/complaints/new/"),
    "sunqiming": ("/switches/propose/", "/organisations/1/add/"),
    "shenanguo": ("/accounts/new/",),
}
"""Pages on which people type, or tick many, for longer than a minute; an arrow leads from a page to
the first link of it that holds the words behind and to such a form."""
TYPED = "textarea, input:not([type]), input[type=text], input[type=number]"
TICKED = "input[type=checkbox][name=ids]:visible"


@pytest.mark.parametrize("seat", FORMS)
def test_no_form_is_left_in_silence(walk: Walk, seat: str) -> None:
    """By the menu, once something was ticked, else typed; a name in a row is no way to give up."""
    who = walk("desk")
    who.enter(seat)
    questions = dialogs_of(who)
    for way in FORMS[seat]:
        start, _, link = way.partition(" → ")
        who.open(start)
        form = who.page.locator("main form[method=post]").last
        ticks, words = form.locator(TICKED), form.locator(f":is({TYPED}):visible")
        links = who.page.locator(f"main a[href*='{link}']") if link else None
        for address in links.evaluate_all("found => found.map(one => one.href)") if links else ():
            who.page.goto(address)
            if ticks.count() or words.count():
                break
        if ticks.count():
            ticks.last.click()
        else:
            words.last.click()  # a browser asks only of a page that somebody touched
            words.last.fill("7" if words.last.get_attribute("type") == "number" else "写了很久")
        names = form.locator("td a[href]")
        with who.page.expect_navigation():
            (names if names.count() else who.page.locator("nav a")).first.click()
        assert questions == ["beforeunload"], way
        questions.clear()


def test_words_that_came_back_with_an_error_are_not_left_in_silence(walk: Walk) -> None:
    """They stand in the field as if they were kept, and are kept nowhere."""
    member = walk("phone")
    member.enter("chenxiaoyu")
    questions = dialogs_of(member)
    member.open("/complaints/new/")
    member.page.locator("main textarea").first.fill("窗口排队太久，能不能多开一个窗口")
    member.page.locator("main [name=place]").fill("没有这个社区")
    member.tap(member.page.locator("main form[method=post] [type=submit]"))
    member.page.wait_for_selector("[aria-invalid=true]")
    assert questions == []
    member.tap(member.page.locator("nav a").first)
    assert questions == ["beforeunload"]


def test_going_back_past_a_refused_form_shows_a_page(walk: Walk) -> None:
    """Its answer is kept nowhere; Chromium would show a fault of its own in its place."""
    member = walk("phone")
    member.enter("chenxiaoyu")
    questions = dialogs_of(member)
    member.open("/complaints/new/")
    member.tap(member.page.locator("main form[method=post] [type=submit]"))
    member.page.wait_for_selector("[aria-invalid=true]")
    member.tap(member.page.locator("nav a").first)
    member.page.go_back()
    assert member.page.locator("main textarea").first.is_visible()
    assert member.page.locator("[aria-invalid=true]").count() == 0
    member.page.reload()
    assert member.page.locator("main textarea").first.is_visible()
    assert questions == []
