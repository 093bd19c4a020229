"""The facts of the journal in the reader's words: codes, days, yes and no, lists."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from baodao.kernel import clock
from baodao.kernel.authz import SYSTEM, Role
from baodao.ui.wording import ISO_DAY, time_words

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WORDS: defaultdict[str, dict[str, str]] = defaultdict(dict)
"""The message ids of the codes that are kept under the name of a fact."""

Whom = Callable[[Collection[UUID]], Mapping[UUID, str]]
"""Of the rows with these ids that are a slice's own, the volunteer number of whom each is about."""

_WHOM: list[Whom] = []
_SUBJECTS: list[tuple[str, Whom, frozenset[str]]] = []
SHORT = 24
"""Characters by which a reader knows a longer text again."""


def register_words(fact: str, words: Mapping[str, str]) -> None:
    """Say what the codes are called (message ids) that the journal keeps under the name `fact`."""
    _WORDS[fact].update(words)


def register_whom(source: Whom) -> None:
    """Let the journal name whom an entry is about, where that is a row of a slice's own."""
    _WHOM.append(source)


def register_subjects(label: str, source: Whom, *nouns: str) -> None:
    """Let the journal name what an entry is about, a paper or an offer of a slice's own, by its
    number or title, behind a `label` (a message id). It is asked of the acts of these nouns, as
    verbs begin with them; of all when none is given."""
    _SUBJECTS.append((label, source, frozenset(nouns)))


def register_columns(label: str, model: str, columns: Sequence[str], *nouns: str) -> None:
    """As `register_subjects`, for rows of a `model` that are known by what stands in some of their
    columns: a title, a day, a number; never what is sealed, nor a resident's name."""

    def source(about: Collection[UUID]) -> dict[UUID, str]:
        rows = apps.get_model(model)._base_manager.filter(pk__in=about)
        return {
            key: " ".join(filter(None, map(_short, parts)))
            for key, *parts in rows.values_list("pk", *columns)
        }

    register_subjects(label, source, *nouns)


def _short(part: object) -> str:
    """A column as one knows it again: an instant by its day, a long text by how it begins."""
    if isinstance(part, datetime):
        return date_format(clock.local(part).date())
    text = "" if part is None else str(part)
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def subjects_of(acts: Collection[tuple[UUID, str]]) -> dict[UUID, tuple[str, str]]:
    """What the rows are that these acts (row and verb) are about, and what each is called, in the
    reader's language, by row."""
    names = {}
    for label, source, nouns in _SUBJECTS:
        about = {key for key, verb in acts if not nouns or verb.split(".")[0] in nouns}
        for key, name in source(about).items() if about else ():
            if name:
                names[key] = (gettext(label), name)
    return names


def whom_of(about: Collection[UUID]) -> dict[UUID, str]:
    """The volunteer numbers of whom these rows are about, by row."""
    return {key: number for source in _WHOM for key, number in source(about).items()}


def told_facts(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """The name and the value of each fact that says something, in the reader's language."""
    return [
        (pgettext("journal", name), value_words(name, value))
        for name, value in facts.items()
        if value is not None and value not in ("", []) and not _is_key(value)
    ]


def _is_key(value: object) -> bool:
    """Whether it is the id of a row, which tells nobody anything."""
    return isinstance(value, str) and KEY.fullmatch(value) is not None


def actor_words(name: str) -> str:
    """Who acted, as the journal names them; the system itself, and whoever runs its commands, are
    told in the reader's language."""
    if name == SYSTEM.name:
        return gettext("the system")
    return gettext("whoever runs the system") if name == Role.OPERATOR else name


def value_words(name: str, value: object) -> str:
    """The value of the fact `name`: codes and message ids in words, a day written out."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name == "minutes" and isinstance(value, int):
        return time_words(value)
    if name == "bytes" and isinstance(value, int):
        return str(filesizeformat(value))
    if isinstance(value, list):
        return "、".join(value_words(name, part) for part in value)
    if not isinstance(value, str) or not value:
        return str(value)
    if ISO_DAY.fullmatch(value):
        return date_format(date.fromisoformat(value))
    return gettext(_WORDS.get(name, {}).get(value, value))
