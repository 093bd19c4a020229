"""Addresses of channels: what is understood, what is refused, and when messages leave."""

from datetime import datetime, time, timedelta

import pytest

from baodao.kernel import clock
from baodao.kernel.errors import Refused
from baodao.notices.rules.channels import is_inside, read_address
from baodao.notices.rules.deliveries import (
    MOST_BYTES,
    PATIENCE,
    WorkingHours,
    digest,
    digest_at,
    retry_at,
)
from baodao.notices.rules.reminders import QuietHours

NIGHT = QuietHours(time(21), time(8))

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
MAIL = "mailtos://bot:pa%40ss@example.cn?smtp=smtp.example.cn&to=liu@example.cn"


ADDRESSES: list[tuple[str, str, str | None]] = [
    (
        f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
        "wecombot",
        f"wecombot://{KEY}",
    ),
    (f"wecombot://{KEY}", "wecombot", f"wecombot://{KEY}"),
    (
        "https://oapi.dingtalk.com/robot/send?access_token=abcd1234",
        "dingtalk",
        "dingtalk://abcd1234",
    ),
    (
        "https://open.feishu.cn/open-apis/bot/v2/hook/tok-1234/",
        "feishu",
        "feishu://tok-1234",
    ),
    (
        "https://open.larksuite.com/open-apis/bot/v2/hook/tok-1234",
        "lark",
        "lark://tok-1234",
    ),
    (
        " https://hooks.example.cn:8443/a/b?key=1&-k=2 ",
        "jsons",
        "jsons://hooks.example.cn:8443/a/b?-key=1&-k=2",
    ),
    ("forms://u:p@hooks.example.cn/a", "forms", "forms://u:p@hooks.example.cn/a"),
    (
        MAIL,
        "mailtos",
        "mailtos://bot:pa%40ss@example.cn/?smtp=smtp.example.cn&to=liu%40example.cn",
    ),
    (MAIL.replace("mailtos", "mailto"), "mailtos", None),
]
"""As typed, the service, and what is kept."""


@pytest.mark.parametrize(("typed", "schema", "url"), ADDRESSES)
def test_addresses_are_rebuilt_from_their_parts(typed: str, schema: str, url: str | None) -> None:
    read = read_address(typed)
    assert read.schema == schema
    assert url is None or read.url == url


def test_a_robot_of_dingtalk_signs_with_its_secret_and_no_other_does() -> None:
    assert read_address("dingtalk://abcd1234", "SEC77").url == "dingtalk://SEC77@abcd1234"
    assert read_address(f"wecombot://{KEY}", "SEC77").url == f"wecombot://{KEY}"


@pytest.mark.parametrize(
    "typed",
    [f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", MAIL,
     "https://u:secret-77@hooks.example.cn/secret-88?key=secret-99"],
)  # fmt: skip
def test_what_is_shown_afterwards_holds_no_secret(typed: str) -> None:
    shown = read_address(typed).outline
    for secret in (KEY, KEY[:-4], "pa%40ss", "pa@ss", "liu@", "secret"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "channel.address"),
        ("hello", "channel.address"),
        ("https://exa mple.cn/", "channel.address"),
        ("https://example.cn:99999/", "channel.address"),
        ("https://" + "a" * 600 + ".cn/", "channel.address"),
        ("https://exa_mple.cn/%", "channel.address"),
        ("wecombot://", "channel.address"),
        ("http:///hook", "channel.address"),
        ("wecombot://a?key=../../etc", "channel.address"),
        ("https://oapi.dingtalk.com/robot/send", "channel.address"),
        ("http://example.cn/hook", "channel.schema"),
        ("json://example.cn/hook", "channel.schema"),
        ("form://example.cn/hook", "channel.schema"),
        ("file:///etc/passwd", "channel.address"),
        ("file://x/etc/passwd", "channel.schema"),
        ("syslog://x", "channel.schema"),
        ("exec://x", "channel.schema"),
        ("slack://a/b/c", "channel.schema"),
        ("mailtos://a:b@example.cn", "channel.mail"),
        (MAIL + "&pgpkey=/etc/passwd", "channel.mail"),
        (MAIL + "&mode=insecure", "channel.mail"),
        (MAIL + "&verify=no", "channel.mail"),
        ("https://127.0.0.1/hook", "channel.inside"),
        ("https://localhost/hook", "channel.inside"),
        ("https://[::1]/hook", "channel.inside"),
        ("https://10.0.0.5/hook", "channel.inside"),
        ("https://169.254.169.254/latest", "channel.inside"),
        ("https://intranet/hook", "channel.inside"),
        ("mailtos://a:b@example.cn?smtp=10.1.1.1&to=a@example.cn", "channel.inside"),
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_address(typed)
    assert refused.value.code == code


def test_a_host_that_the_site_names_may_be_inside_and_without_tls() -> None:
    named = {"10.0.0.5"}
    assert read_address("http://10.0.0.5:9000/hook", named=named).url == "json://10.0.0.5:9000/hook"
    with pytest.raises(Refused, match=r"channel\.schema"):
        read_address("http://10.0.0.6:9000/hook", named=named)


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("8.8.8.8", False), ("2400:3200::1", False), ("example.cn", False),
        ("127.0.0.1", True), ("10.1.2.3", True), ("172.16.0.1", True), ("192.168.1.1", True),
        ("169.254.169.254", True), ("100.64.0.1", True), ("0.0.0.0", True), ("224.0.0.1", True),
        ("::1", True), ("::", True), ("fe80::1%eth0", True), ("fd00::1", True),
        ("::ffff:127.0.0.1", True), ("64:ff9b::7f00:1", True), ("db", True), ("a.local", True),
        ("2002:7f00:1::", True), ("2002:a9fe:a9fe::1", True), ("2001:0:7f00:1::", True),
        ("64:ff9b:1::a9fe:a9fe", True), ("::127.0.0.1", True), ("168.63.129.16", True),
        ("100.100.100.200", True), ("fd00:ec2::254", True), ("192.0.0.192", True),
        ("metadata.tencentyun.com", True), ("metadata.google.internal", True),
    ],
)  # fmt: skip
def test_inside_is_known_by_its_number(host: str, inside: bool) -> None:
    assert is_inside(host) is inside


def local(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=clock.ZONE)


@pytest.mark.parametrize(
    ("now", "at"),
    [
        ("2026-07-01 09:00", "2026-07-01 10:00"),
        ("2026-07-01 10:59", "2026-07-01 11:00"),
        ("2026-07-01 17:00", "2026-07-01 18:00"),
        ("2026-07-01 18:00", "2026-07-02 09:00"),
        ("2026-07-01 23:30", "2026-07-02 09:00"),
        ("2026-07-01 03:00", "2026-07-01 09:00"),
        ("2026-07-01 08:20", "2026-07-01 09:00"),
        ("2026-07-03 17:59", "2026-07-03 18:00"),
        ("2026-07-03 18:01", "2026-07-06 09:00"),
        ("2026-07-04 11:00", "2026-07-06 09:00"),
        ("2026-07-05 23:59", "2026-07-06 09:00"),
        ("2026-09-30 18:01", "2026-10-08 09:00"),
    ],
)  # fmt: skip
def test_a_digest_leaves_at_the_end_of_its_hour_in_working_hours(now: str, at: str) -> None:
    assert digest_at(local(now), WorkingHours(time(9), time(18))) == local(at)


def test_pauses_grow_and_end_after_a_day() -> None:
    planned = now = local("2026-07-01 09:00")
    times = []
    for failed in range(1, 100):
        again = retry_at(failed, planned, now, NIGHT)
        if again is None:
            break
        times.append(again - now)
        now = again
    assert times[:5] == [timedelta(minutes=m) for m in (1, 5, 15, 60, 180)]
    assert times[:4] == sorted(times[:4])
    assert now <= planned + PATIENCE
    assert len(times) < 12


def test_nothing_is_tried_again_at_night() -> None:
    again = retry_at(4, local("2026-07-01 20:30"), local("2026-07-01 20:31"), NIGHT)
    assert again == local("2026-07-02 08:00")


def test_a_digest_is_cut_to_what_a_message_holds_and_says_how_much_is_missing() -> None:
    assert digest(["甲", "乙"], "还有%(count)s") == ["甲", "乙"]
    lines = digest(["字" * 40] * 100, "还有%(count)s")
    assert len("\n".join(lines).encode()) <= MOST_BYTES
    assert lines[-1] == f"还有{100 - len(lines) + 1}"
