"""The address a server listens on: from arguments or the environment, free, or refused."""

import errno
import os
import socket
from ipaddress import ip_address

from django.conf import settings

from baodao.kernel.errors import Refused, gettext_noop
from baodao.operations.frame import Parser

PORTS_TRIED = 50


def add_address(parser: Parser) -> None:
    """`--host` and `--port`, with the environment's values as defaults."""
    host = os.environ.get("BAODAO_HOST", "127.0.0.1")
    port = os.environ.get("BAODAO_PORT", "8000")
    parser.add_argument("--host", default=host, help=f"address to listen on ({host})")
    parser.add_argument("--port", type=int, default=port, help=f"port to listen on ({port})")


def check_reach(host: str) -> None:
    """Refuse to be reached from other machines without a proxy, which holds back slow senders.

    A body that never ends occupies one of a few threads; nginx waits for the whole of it first.
    """
    if settings.HTTPS or host == "localhost" or _is_loopback(host):
        return
    raise Refused(
        "address.open",
        gettext_noop(
            "%(host)s is reached from other machines, and nothing stands in front. Put a web "
            "server there as in deploy/nginx and set BAODAO_HTTPS=1, or listen on 127.0.0.1."
        ),
        host=host,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there; an address that is not ours is refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as no:
            if no.errno == errno.EADDRINUSE:
                return False
            raise Refused(
                "address.unusable",
                gettext_noop("Cannot listen on %(host)s:%(port)s: %(reason)s."),
                host=host,
                port=str(port),
                reason=str(no.strerror or no),
            ) from no
    return True


def free_port(host: str, preferred: int) -> int:
    """`wanted`, or the next free one after it, saying so."""
    for port in range(preferred, preferred + PORTS_TRIED):
        if is_free(host, port):
            if port != preferred:
                print(f"  port {preferred} is taken; using {port}", flush=True)
            return port
    raise taken(preferred)


def taken(port: int) -> Refused:
    """The refusal of a port that somebody else listens on."""
    return Refused(
        "port.taken",
        gettext_noop("Port %(port)s is taken. Choose another with --port or BAODAO_PORT."),
        port=str(port),
    )
