"""One catalogue of words a language, whatever many slices write it.

Django keeps the catalogue of each application beside the others, those with the same plural too,
and looks a word up in one after the other: thirty-five of them, for a thousand words a page.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import trans_real


def merge_catalogues() -> None:
    """Make one of those catalogues of each language that have the same plural; where two know a
    word, the one that was asked first says what counts, as before."""
    for language, _ in settings.LANGUAGES:
        _merge(trans_real.translation(language)._catalog)  # type: ignore[attr-defined]


def words_of(context: str) -> dict[str, str]:
    """Everything that has words in this context in the reader's language, with its words."""
    catalogue: Any = trans_real.catalog()._catalog  # type: ignore[attr-defined]
    start = f"{context}{trans_real.CONTEXT_SEPARATOR}"
    return {
        key.removeprefix(start): words
        for key, words in catalogue.items()
        if isinstance(key, str) and key.startswith(start)
    }


def _merge(catalogue: Any) -> None:
    words: list[dict[Any, str]] = []
    plurals: list[Any] = []
    for more, plural in zip(
        reversed(catalogue._catalogs), reversed(catalogue._plurals), strict=True
    ):
        if plurals and plurals[-1].__code__ == plural.__code__:
            words[-1].update(more)
        else:
            words.append(dict(more))
            plurals.append(plural)
    catalogue._catalogs, catalogue._plurals = words[::-1], plurals[::-1]
