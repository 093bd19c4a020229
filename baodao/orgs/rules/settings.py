"""The settings there are: what each decides, its choices, and what holds when nobody chose."""

from collections.abc import Mapping
from dataclasses import dataclass

from baodao.kernel.errors import Refused, gettext_noop


@dataclass(frozen=True)
class Option:
    """A setting: its question, its choices in words, the default."""

    key: str
    question: str
    choices: Mapping[str, str]
    default: str


OPTIONS = {
    option.key: option
    for option in (
        Option(
            "registration.place",
            gettext_noop("Where do members in service report?"),
            {
                "home": gettext_noop("To the community where they live"),
                "partner": gettext_noop("To the partner community of their unit"),
            },
            "home",
        ),
    )
}


def check_setting(key: str, value: str) -> None:
    """Refuse a setting or a choice that is not known."""
    option = OPTIONS.get(key)
    if option is None or value not in option.choices:
        raise Refused("setting.unknown", gettext_noop("Choose one of the answers offered."))
