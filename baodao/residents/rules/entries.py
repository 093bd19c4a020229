"""Who somebody stands by, as it is sealed."""

from dataclasses import dataclass

from baodao.kernel.errors import Refused, gettext_noop

NAME, ADDRESS, HARDSHIP = 60, 100, 200
"""Characters of a name, of an address in words and of what is hard, in a sealed entry."""


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


def check_names_nobody(text: str, entry: HouseholdEntry) -> None:
    """Refuse words that stay in the journal where they tell who the household is."""
    plain = "".join(text.split())
    secrets = (entry.name, entry.phone, entry.address)
    if any(secret and "".join(secret.split()) in plain for secret in secrets):
        raise Refused(
            "household.names",
            gettext_noop("These words stay on record; write them without name, number or address."),
        )
