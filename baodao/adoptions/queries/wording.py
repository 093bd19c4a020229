"""What is kept of policies in the reader's language."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from baodao.accounts.rules import SWITCHES
from baodao.adoptions.models import PolicyWord
from baodao.adoptions.rules.words import Json, fact_of
from baodao.kernel.phrases import Phrase
from baodao.policies.rules.amounts import NotCounted
from baodao.policies.rules.grammar import Once
from baodao.ui.wording import spoken


def kept_words(row: Json) -> str:
    """A sentence that was kept as facts."""
    return spoken(fact_of(row)) if row else ""


def reason_text(result: PolicyWord) -> str:
    """Why somebody stands as they do: "还差 1 次活动：已参加 5 次，要求 6 次"."""
    return kept_words(result.reason)


def bounds_words(bounds: Iterable[Json]) -> str:
    """Bounds of a policy, each as its label and what it asks."""
    return "；".join(f"{kept_words(one['label'])} {kept_words(one['asked'])}" for one in bounds)


def switch_names(keys: Sequence[str]) -> list[str]:
    """What these switches are called."""
    return [gettext(SWITCHES[key].name) for key in keys]


def left_out_words(row: Sequence[str]) -> str:
    """Why a record was not counted; `row` is its id, why, and of what another one counts."""
    _, why, detail = row
    facts = {"detail": Phrase(Once.words_of(detail))} if detail else {}
    return spoken(Phrase(NotCounted.words_of(why), facts))
