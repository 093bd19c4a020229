"""What is decided about papers without a database: numbers as written, facts as they are kept."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime

from baodao.kernel import clock
from baodao.kernel.errors import Refused, gettext_noop

DAY = "$day"
"""The only key of an object that stands for a day among the facts kept."""


def number_text(year: int, number: int) -> str:
    """The number as it stands on a paper: 〔2026〕001号."""
    return f"〔{year}〕{number:03d}号"


def facts_text(facts: Mapping[str, object]) -> str:
    """The facts of a paper in canonical JSON: keys sorted, an instant as its day in China."""
    return json.dumps(
        dict(facts), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_kept
    )


def _kept(value: object) -> object:
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def facts_from(text: str) -> dict[str, object]:
    """The facts that `facts_text` wrote, days as dates."""
    facts: dict[str, object] = json.loads(text, object_hook=_read)
    return facts


def item_of(facts: str, added: str) -> dict[str, object]:
    """All that stands on a paper: what was issued, and what a second hand filled in since."""
    return facts_from(facts) | (facts_from(added) if added else {})


def _read(value: dict[str, object]) -> object:
    return date.fromisoformat(str(value[DAY])) if value.keys() == {DAY} else value


def digest_of(text: str) -> bytes:
    """SHA-256 of the facts of a paper, as `facts_text` writes them."""
    return hashlib.sha256(text.encode()).digest()


def check_read(seen: str, digest: str) -> None:
    """Refuse to sign another text than the one that was read: `seen` is its hash, as the page or
    program had it that showed the text, `digest` the hash of what would be signed now."""
    if seen != digest:
        raise Refused(
            "paper.changed",
            gettext_noop("The text has changed since you opened it. Read it again, then sign."),
        )
