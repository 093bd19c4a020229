"""People by name, two characters, pinyin, initials, or the end of an ID number or telephone."""

import re
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from baodao.kernel.sealed import TAIL as TAIL_LENGTH
from baodao.people.models import Person
from baodao.people.rules.names import bigrams

M = TypeVar("M", bound=Model)

TAIL = re.compile(r"[0-9]{3}[0-9Xx]")
LONG = re.compile(r"[0-9]{5,17}[0-9Xx]|[0-9]{5,15}")
LATIN = re.compile(r"[a-z' ]+")
VOLUNTEER = re.compile(r"[Vv](?=.*[0-9])[0-9A-Za-z]{5,}")
IDENTITY_LENGTH = 18


def matching(text: str, prefix: str = "") -> Q:
    """Persons whom `text` may mean, as a condition on the columns behind `prefix`.

    A whole ID number or telephone, its last four characters, the volunteer number, pinyin from
    the first syllable on (with or without spaces), initials from the first on, any two or more
    neighbouring characters of the name. Never part of a number in the middle.
    """
    text = " ".join(text.split())
    plain = text.replace(" ", "")
    if VOLUNTEER.fullmatch(plain):
        return Q(**{f"{prefix}number": plain.upper()})
    if TAIL.fullmatch(plain) or LONG.fullmatch(plain):
        return _by_number(plain.upper(), prefix)
    if LATIN.fullmatch(text.lower()):
        return _by_pinyin(text.lower(), prefix)
    if len(plain) == 1:
        return Q(**{f"{prefix}name__startswith": plain})
    contains = Q(**{f"{prefix}name_bigrams__contains": bigrams(plain)})
    return contains & Q(**{f"{prefix}name__contains": plain})


def found(rows: QuerySet[M], text: str, prefix: str = "") -> QuerySet[M]:
    """The rows of whoever `text` may mean; all of them when it is empty."""
    return rows.filter(matching(text, prefix)) if text.strip() else rows


def _by_number(digits: str, prefix: str) -> Q:
    if len(digits) == IDENTITY_LENGTH:
        return Person.id_number.equals(digits, prefix)
    if len(digits) == TAIL_LENGTH:
        return Person.id_number.ends(digits, prefix) | Person.phone.ends(digits, prefix)
    return Person.phone.equals(digits, prefix)


def _by_pinyin(text: str, prefix: str) -> Q:
    """`zeng xiao`, `zengxiao` and `zx` all find 曾小雨; Latin names are found as written."""
    letters = text.replace(" ", "").replace("'", "")
    spaced = r"\s?".join(re.escape(letter) for letter in letters)
    condition = Q(**{f"{prefix}initials__startswith": letters})
    condition |= Q(**{f"{prefix}pinyin__startswith": text})
    if len(letters) > 1:
        first = letters[:2]
        near = Q(**{f"{prefix}pinyin__startswith": first}) | Q(
            **{f"{prefix}pinyin__startswith": f"{first[0]} {first[1]}"}
        )
        condition |= near & Q(**{f"{prefix}pinyin__regex": f"^{spaced}"})
    return condition
