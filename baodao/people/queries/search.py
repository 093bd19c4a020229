"""People by name, two characters, pinyin, initials, or the end of an ID number or telephone."""

import re
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from baodao.people.facts import BY_NAME, FACTS, Facts
from baodao.people.models import Person
from baodao.people.rules.identity_documents import document_number, document_of
from baodao.people.rules.names import bigrams, name_of
from baodao.spreadsheets.cells import plain_digits, text_of

M = TypeVar("M", bound=Model)

TAIL = re.compile(r"[0-9]{3}[0-9Xx]")
LATIN = re.compile(r"[a-zü' ]+")
VOLUNTEER = re.compile(r"[Vv](?=.*[0-9])[0-9A-Za-z]{5,}")


def matching(text: str, prefix: str = "") -> Q:
    """Persons whom `text` may mean, as a condition on the columns behind `prefix`.

    A whole ID number or telephone however it is written, its last four characters, the volunteer
    number, pinyin from the first syllable on (with or without spaces), initials from the first on,
    any two or more neighbouring characters of the name. Never part of a number in the middle.
    """
    text = plain_digits(text_of(text))
    plain = text.replace(" ", "")
    if VOLUNTEER.fullmatch(plain):
        merged = Person.objects.filter(number=plain.upper()).values("merged_into")
        return Q(**{f"{prefix}number": plain.upper()}) | Q(**{f"{prefix}pk__in": merged})
    if TAIL.fullmatch(plain):
        tail = plain.upper()
        return Person.id_number.ends(tail, prefix) | Person.phone.ends(tail, prefix)
    if number := _number(text, prefix):
        return number
    if LATIN.fullmatch(text.lower()):
        return _by_pinyin(text.lower(), prefix)
    name = name_of(text)
    if len(name) == 1:
        return Q(**{f"{prefix}name__startswith": name})
    contains = Q(**{f"{prefix}name_bigrams__contains": bigrams(name)})
    return contains & Q(**{f"{prefix}name__contains": name})


def sealed_number(text: str) -> str:
    """The whole ID number or telephone, or its end, that `text` is; "" when it is none of these."""
    plain = plain_digits(text_of(text)).replace(" ", "")
    if VOLUNTEER.fullmatch(plain):
        return ""
    if TAIL.fullmatch(plain):
        return plain.upper()
    numbers = (BY_NAME[name].read(text) for name in ("id_number", "phone"))
    return next((str(number) for number in numbers if number), _of_document(text))


def able(text: str, prefix: str = "", facts: Facts = FACTS) -> Q:
    """Persons of whom a text that is looked through, such as what they can do, has `text`."""
    conditions = (Q(**{f"{prefix}{fact.name}__icontains": text}) for fact in facts if fact.searched)
    return reduce(or_, conditions)


def search(rows: QuerySet[M], text: str, prefix: str = "") -> QuerySet[M]:
    """The rows of whoever `text` may mean; all of them when it is empty."""
    return rows.filter(matching(text, prefix)) if text.strip() else rows


def _number(text: str, prefix: str) -> Q | None:
    if identity := BY_NAME["id_number"].read(text):
        return Person.id_number.equals_by_tail(str(identity), prefix)
    conditions = []
    if phone := BY_NAME["phone"].read(text):
        conditions.append(Person.phone.equals_by_tail(str(phone), prefix))
    if number := _of_document(text):
        conditions.append(Person.id_number.equals_by_tail(number, prefix))
    return reduce(or_, conditions) if conditions else None


def _of_document(text: str) -> str:
    """The whole number of another document than an identity card; "" when it looks like none."""
    return document_number(text) if document_of(text) else ""


def _by_pinyin(text: str, prefix: str) -> Q:
    """`zeng xiao`, `zengxiao` and `zx` all find 曾小雨, each reading of a character finds it, and
    ü is typed as v, u or itself; Latin names are found as written."""
    text = text.replace("ü", "v")
    letters = text.replace(" ", "").replace("'", "")
    if not letters:
        return Q(pk__in=[])
    spaced = r"\s?".join(re.escape(letter) for letter in letters)
    condition = Q(**{f"{prefix}initials__startswith": letters})
    condition |= Q(**{f"{prefix}pinyin__startswith": text})
    condition |= Q(**{f"{prefix}other_readings__contains": [letters]})
    if len(letters) > 1:
        first = letters[:2]
        near = Q(**{f"{prefix}pinyin__startswith": first}) | Q(
            **{f"{prefix}pinyin__startswith": f"{first[0]} {first[1]}"}
        )
        condition |= near & Q(**{f"{prefix}pinyin__regex": f"^{spaced}"})
    return condition
