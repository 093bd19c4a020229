"""Who somebody stands by, as it is sealed."""

import re
from dataclasses import dataclass

from baodao.kernel.errors import Refused, gettext_noop
from baodao.people.rules.identity import identity_of
from baodao.spreadsheets.cells import plain_digits, text_of

NAME, ADDRESS, HARDSHIP = 60, 100, 200
"""Characters of a name, of an address in words and of what is hard, in a sealed entry."""

_ID = re.compile(r"(?<!\d)\d(?:[ -]?\d){14}(?:(?:[ -]?\d){2}[ -]?[\dXx])?(?!\d)")
"""What may be an ID number of 18 or 15 characters, parted by blanks or hyphens or not."""
_BORN = re.compile(r"[1-68]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
"""A province and a birthday in 18 characters: an ID number, also where its check digit is wrong."""
_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)")


@dataclass(frozen=True)
class HouseholdEntry:
    """Who is helped: name, telephone, address in words, and what is hard for them."""

    name: str
    hardship: str
    phone: str = ""
    address: str = ""


def check_entry_complete(entry: HouseholdEntry) -> None:
    """Refuse an entry that says not who is helped or not with what."""
    if not entry.name.strip() or not entry.hardship.strip():
        raise Refused(
            "household.entry", gettext_noop("Say who is helped, and what is hard for them.")
        )


def check_free_words(*texts: str) -> None:
    """Refuse an ID number or a mobile number within words that somebody typed: an ID number is kept
    nowhere in a file, a telephone in its own field alone, where it is masked."""
    for text in texts:
        plain = plain_digits(text_of(text))
        if any(map(_is_id, _ID.findall(plain))):
            raise Refused(
                "household.id-number",
                gettext_noop(
                    "An ID number stands in these words. It is not kept in the file of a "
                    "household: take it out."
                ),
            )
        if _PHONE.search(plain):
            raise Refused(
                "household.phone-number",
                gettext_noop(
                    "A telephone number stands in these words. Take it out; the number of the "
                    "household has a field of its own."
                ),
            )


def _is_id(number: str) -> bool:
    return bool(_BORN.fullmatch(re.sub("[ -]", "", number))) or not identity_of(number).fault


def check_names_nobody(text: str, entry: HouseholdEntry) -> None:
    """Refuse words that stay in the journal where they tell who the household is."""
    plain = "".join(text.split())
    secrets = (entry.name, entry.phone, entry.address)
    if any(secret and "".join(secret.split()) in plain for secret in secrets):
        raise Refused(
            "household.names",
            gettext_noop("These words stay on record; write them without name, number or address."),
        )
