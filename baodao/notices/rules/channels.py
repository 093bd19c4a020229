"""Which addresses outside a channel may have: read from what was typed, rebuilt from its parts.

Nothing that was typed is handed on as it is: options that would weaken encryption, follow
redirects or read files of the server have no place in the address that is kept.
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from baodao.kernel.errors import Refused, gettext_noop

ROBOT_HOSTS = {
    "qyapi.weixin.qq.com": ("wecombot", "key"),
    "oapi.dingtalk.com": ("dingtalk", "access_token"),
    "open.feishu.cn": ("feishu", ""),
    "open.larksuite.com": ("lark", ""),
}
"""Where robots' own addresses lead, and where the key stands: in the query, or last in the path."""
ROBOTS = frozenset(schema for schema, _ in ROBOT_HOSTS.values())
WEBHOOKS = {"https": "jsons", "jsons": "jsons", "forms": "forms"}
PLAIN_WEBHOOKS = {"http": "json", "json": "json", "form": "form"}
CARRIER_NAMES = {
    "dingtalk": gettext_noop("DingTalk robot"),
    "feishu": gettext_noop("Feishu robot"),
    "form": gettext_noop("Webhook, as a form"),
    "forms": gettext_noop("Webhook, as a form"),
    "json": gettext_noop("Webhook, as JSON"),
    "jsons": gettext_noop("Webhook, as JSON"),
    "lark": gettext_noop("Lark robot"),
    "mailtos": gettext_noop("Mail"),
    "wecombot": gettext_noop("WeCom robot"),
}
MAILS = frozenset({"mailto", "mailtos"})
MAIL_OPTIONS = frozenset({"cc", "from", "name", "smtp", "to"})
LONGEST = 500
_TOKEN = re.compile(r"[A-Za-z0-9_-]{4,120}")
_SECRET = re.compile(r"[A-Za-z0-9]{4,120}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


@dataclass(frozen=True)
class ChannelAddress:
    """`url` as apprise reads it: a secret. `outline` is what may be seen of it afterwards."""

    schema: str
    url: str
    outline: str


def read_address(typed: str, secret: str = "", named: Collection[str] = ()) -> ChannelAddress:
    """The address behind what was typed: a robot's own webhook address, a webhook over https, or
    mail by SMTP.

    `secret` signs for a robot of 钉钉. `named` are the hosts that the site's setting allows,
    although they are inside; to them alone a webhook may go without TLS. Refused otherwise.
    """
    parts = _split(typed.strip())
    schema = parts.scheme.lower()
    if schema == "https" and parts.hostname in ROBOT_HOSTS:
        return _robot_page(parts, secret.strip())
    if schema in ROBOTS:
        return _robot(schema, parts.netloc.rpartition("@")[2], secret.strip())
    if schema in MAILS:
        return _mail(parts, named)
    inside = (parts.hostname or "") in named
    kept = WEBHOOKS.get(schema) or (PLAIN_WEBHOOKS.get(schema) if inside else None)
    if kept is None:
        raise Refused(
            "channel.schema",
            gettext_noop(
                "Enter the webhook address of a robot of WeCom, DingTalk or Feishu, an address "
                "with https, or mailtos:// for mail."
            ),
        )
    return _webhook(kept, parts, named)


def is_inside(host: str) -> bool:
    """Whether an address or a name leads to this machine, this network, the host's own services
    or nowhere in particular; of a name only what its letters say."""
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return "." not in host or host.startswith("metadata.") or host.endswith(_INNER_NAMES)
    reached = getattr(address, "ipv4_mapped", None) or address
    if isinstance(reached, ipaddress.IPv6Address) and (
        reached not in _UNICAST or any(reached in network for network in _TUNNELS)
    ):
        return True
    return not reached.is_global or reached.is_multicast or any(reached in one for one in _SERVICES)


_INNER_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""Where the Internet lies: NAT64 (64:ff9b::/96, 64:ff9b:1::/48) and IPv4 in IPv6 do not."""
_TUNNELS = (ipaddress.IPv6Network("2001::/32"), ipaddress.IPv6Network("2002::/16"))
"""Teredo and 6to4: the IPv4 address inside is not looked at, so none is allowed."""
_SERVICES = (ipaddress.IPv4Network("168.63.129.16/32"), ipaddress.IPv4Network("192.0.0.0/24"))
"""Public numbers under which a host's own services answer: Azure's and Oracle's."""


def _split(typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        _ = parts.port
    except ValueError:
        raise not_understood() from None
    if len(typed) > LONGEST or not parts.netloc or any(c.isspace() for c in typed):
        raise not_understood()
    return parts


def not_understood() -> Refused:
    """What is said of an address that is none."""
    return Refused(
        "channel.address",
        gettext_noop("This address is not understood. Copy it again, whole and without spaces."),
    )


def _robot_page(parts: SplitResult, secret: str) -> ChannelAddress:
    """A robot's webhook address as its maker shows it for copying."""
    schema, key = ROBOT_HOSTS[parts.hostname or ""]
    if key:
        token = dict(parse_qsl(parts.query)).get(key, "")
    else:
        token = parts.path.rstrip("/").rpartition("/")[2]
    return _robot(schema, token, secret)


def _robot(schema: str, token: str, secret: str) -> ChannelAddress:
    if not _TOKEN.fullmatch(token) or (secret and not _SECRET.fullmatch(secret)):
        raise not_understood()
    signed = f"{secret}@" if secret and schema == "dingtalk" else ""
    return ChannelAddress(schema, f"{schema}://{signed}{token}", f"…{token[-4:]}")


def _webhook(schema: str, parts: SplitResult, named: Collection[str]) -> ChannelAddress:
    host = _outer(parts.hostname or "", named)
    port = f":{parts.port}" if parts.port else ""
    options = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(f"-{key.removeprefix('-')}", value) for key, value in options])
    path = quote(unquote(parts.path), safe="/-_.~")
    url = f"{schema}://{_login(parts)}{_bracketed(host)}{port}{path}{'?' if query else ''}{query}"
    plain = "https" if schema.endswith("s") else "http"
    return ChannelAddress(schema, url, f"{plain}://{_bracketed(host)}{port}/…")


def _mail(parts: SplitResult, named: Collection[str]) -> ChannelAddress:
    host = _outer(parts.hostname or "", named)
    options = parse_qsl(parts.query)
    to = dict(options).get("to", "")
    if not {key for key, _ in options} <= MAIL_OPTIONS or "@" not in to:
        raise Refused(
            "channel.mail",
            gettext_noop(
                "Mail is written mailtos://name:password@example.cn?smtp=smtp.example.cn&to=name@example.cn"
            ),
        )
    for name, value in options:
        if name == "smtp":
            _outer(value.lower(), named)
    port = f":{parts.port}" if parts.port else ""
    url = f"mailtos://{_login(parts)}{host}{port}/?{urlencode(options)}"
    return ChannelAddress("mailtos", url, ", ".join(_masked(one) for one in to.split(",")))


def _masked(mail: str) -> str:
    name, _, domain = mail.strip().rpartition("@")
    return f"{name[:1]}…@{domain}"


def _login(parts: SplitResult) -> str:
    login = parts.netloc.rpartition("@")[0]
    return f"{login}@" if login else ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _outer(host: str, named: Collection[str]) -> str:
    """The host, refused when it is inside and the site's setting does not name it."""
    if not (_HOST.fullmatch(host) or ":" in host):
        raise not_understood()
    if is_inside(host) and host not in named:
        raise Refused(
            "channel.inside",
            gettext_noop("%(host)s leads into this network. Only the site's setting can allow it."),
            host=host,
        )
    return host
