"""The only module that leaves the house: one message to one address, with apprise.

The carriers of `CARRIERS` and no other can be reached. No redirect is followed, nothing is kept on
disk, no secret is logged, and while a message leaves no connection of this process may lead
inside: the check stands where the connection is made, so that no name and no redirect evades it.
"""

import ipaddress
import logging
import re
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from apprise import AppriseAsset
from apprise.plugins.custom_form import NotifyForm
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.lark import NotifyLark
from apprise.plugins.wecombot import NotifyWeComBot
from django.conf import settings

from baodao.notices.queries.messages import OutsideMessage
from baodao.notices.rules.channels import is_inside
from baodao.notices.rules.deliveries import Failure

CARRIERS: dict[str, Any] = {
    "dingtalk": NotifyDingTalk,
    "feishu": NotifyFeishu,
    "form": NotifyForm,
    "forms": NotifyForm,
    "json": NotifyJSON,
    "jsons": NotifyJSON,
    "lark": NotifyLark,
    "mailtos": NotifyEmail,
    "wecombot": NotifyWeComBot,
}
_LOG = logging.getLogger("apprise")
_ANSWER = re.compile(r"(?:error|code)=(-?\d{1,6})|failed: (\d{3})\b")


class NotSent(Exception):
    """The message did not leave: why, and what the other side answered, if anything."""

    def __init__(self, failure: Failure, answer: str = "") -> None:
        super().__init__(failure)
        self.failure, self.answer = failure, answer


def say(address: str, message: OutsideMessage) -> None:
    """Send `message` to an address that `rules.read_address` made. Raises `NotSent`.

    Returns when the other side has taken it. For robots of 企业微信 and 钉钉 that is their host:
    a wrong key shows only in the test message that does not appear.
    """
    carrier = carrier_at(address)
    with _heard() as heard, _guarded() as stopped:
        try:
            sent = carrier.notify(body=message.body, title=message.subject)
        except (OSError, TypeError, ValueError):
            sent = False
    if sent:
        return
    if stopped:
        raise NotSent(Failure.INSIDE)
    answer = next(filter(None, (_answer(line) for line in heard)), "")
    raise NotSent(Failure.ANSWERED if answer else Failure.UNREACHABLE, answer)


def carrier_at(address: str) -> Any:
    """The carrier that an address names, ready to send. Raises `NotSent` for one that is none."""
    carrier = CARRIERS.get(address.partition(":")[0])
    parsed = carrier.parse_url(address) if carrier else None
    if carrier is None or parsed is None:
        raise NotSent(Failure.ADDRESS)
    asset = AppriseAsset(app_id="Baodao", storage_mode="memory", http_redirects=False)
    try:
        return carrier(asset=asset, **parsed)
    except TypeError:
        raise NotSent(Failure.ADDRESS) from None


def _answer(line: str) -> str:
    match = _ANSWER.search(line)
    return (match[1] or match[2]) if match else ""


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What apprise says of this thread's message; it goes nowhere else, for it may hold secrets."""
    heard: list[str] = []
    here = threading.get_ident()

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == here:
                heard.append(record.getMessage())

    ear = Ear(logging.WARNING)
    _LOG.addHandler(ear)
    try:
        yield heard
    finally:
        _LOG.removeHandler(ear)


class _Inside(OSError):
    """A connection that leads inside."""


_guards: list[list[str]] = []
_turn = threading.Lock()


@contextmanager
def _guarded() -> Iterator[list[str]]:
    """While inside, connections of this process to addresses inside fail; those stopped are
    listed. Hosts that the site's setting names are let through."""
    stopped: list[str] = []
    with _turn:
        _guards.append(stopped)
    try:
        yield stopped
    finally:
        with _turn:
            _guards.remove(stopped)


def _named() -> set[str]:
    """The addresses of the hosts that the site's setting names, as they are now."""
    addresses: set[str] = set()
    for host in settings.CHANNEL_HOSTS:
        try:
            addresses |= {str(known[4][0]) for known in socket.getaddrinfo(host, None)}
        except OSError:
            continue
    return addresses


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook (PEP 578) on the moment at which a socket connects."""
    if event != "socket.connect" or not _guards:
        return
    target = arguments[1]
    if not isinstance(target, tuple):
        return
    host = str(target[0])
    if (_is_name(host) or is_inside(host)) and host not in _named():
        for stopped in _guards:
            stopped.append(host)
        raise _Inside("leads inside")


def _is_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return True
    return False


sys.addaudithook(_watch)
