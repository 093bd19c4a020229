"""Service records: confirmed, disputed, reversed."""

from baodao.kernel.errors import gettext_noop

TELLS: dict[str, str] = {
    "record-entered": gettext_noop(
        "%(community)s has recorded your service of %(on)s: %(minutes)s minutes."
    ),
    "statement-confirmed": gettext_noop(
        "%(community)s has confirmed what you stated for %(on)s: %(minutes)s minutes."
    ),
    "record-disputed": gettext_noop(
        "%(name)s objects to the record of %(on)s. Please answer by %(due)s."
    ),
    "record-sheet-issued": gettext_noop("%(community)s has issued your record sheet %(number)s."),
}

STAYS: dict[str, str] = {
    "record-reversed": gettext_noop(
        "%(community)s has reversed the record of your service of %(on)s: %(reason)s"
    ),
    "record-corrected": gettext_noop(
        "%(community)s has corrected the record of your service, now of %(on)s, %(minutes)s "
        "minutes: %(reason)s"
    ),
    "statement-returned": gettext_noop(
        "%(community)s has returned what you stated for %(on)s: %(reason)s You can correct it and "
        "send it again."
    ),
    "dispute-answered": gettext_noop(
        "%(community)s has answered your objection: %(outcome)s. %(reason)s"
    ),
}

ASKS: dict[str, str] = {}
