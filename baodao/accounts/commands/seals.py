"""Secrets of second steps, which allauth keeps in its own table."""

import base64
from collections import Counter

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from baodao.kernel import crypto

SECRETS = ("secret", "seed")


class SecondSteps:
    """The secrets as a store of sealed values; administrators are few, so all are one batch."""

    name = "accounts.second-step"

    def by_key(self) -> Counter[int]:
        rows = Authenticator.objects.all()
        return Counter(key_of(secret) for row in rows for secret in _secrets(row))

    @transaction.atomic
    def reseal(self) -> int:
        current = crypto.ring().current
        rows = Authenticator.objects.select_for_update().order_by("pk")
        old = [row for row in rows if {key_of(secret) for secret in _secrets(row)} - {current}]
        for row in old:
            row.data |= {name: encrypt(decrypt(row.data[name])) for name in _names(row)}
            row.save(update_fields=["data"])
        return len(old)


def key_of(secret: str) -> int:
    """The id of the key that opens a secret."""
    return base64.b64decode(secret)[0]


def _names(row: Authenticator) -> list[str]:
    return [name for name in SECRETS if row.data.get(name)]


def _secrets(row: Authenticator) -> list[str]:
    return [row.data[name] for name in _names(row)]
