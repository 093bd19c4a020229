"""Sentences of policies as plain JSON: the code of what is said with its amounts, never the words,
so that it is read in any language and says the same however its words change."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from baodao.kernel.phrases import SAYINGS, Number, Phrase, code_of

Json = Any


def json_of(fact: object) -> Json:
    """A phrase, a day, an exact number or a text as JSON; raises `KeyError` for a phrase that has
    no code."""
    if isinstance(fact, Phrase):
        row: dict[str, Json] = {"say": code_of(fact)}
        if fact.facts:
            row["facts"] = {name: json_of(one) for name, one in fact.facts.items()}
        if fact.many:
            row["number"] = json_of(fact.number)
        return row
    if isinstance(fact, date):
        return {"day": fact.isoformat()}
    return number_json(fact) if isinstance(fact, int | Fraction) else str(fact)


def number_json(number: Number) -> Json:
    """A whole number as it is, another as `{"exact": "1/3"}`."""
    if number == int(number):
        return int(number)
    return {"exact": str(number)}


def fact_of(row: Json) -> object:
    """What `json_of` made JSON of, in the words of today."""
    if not isinstance(row, Mapping):
        return row
    if "say" in row:
        facts = {name: fact_of(one) for name, one in row.get("facts", {}).items()}
        message, many = SAYINGS[row["say"]]
        return Phrase(message, facts, many, number_of(row.get("number", 0)))
    return date.fromisoformat(row["day"]) if "day" in row else number_of(row)


def number_of(row: Json) -> Number:
    """The exact number that `number_json` wrote."""
    return Fraction(row["exact"]) if isinstance(row, Mapping) else int(row)
