"""Secrets of second steps, sealed anew with the current key."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction


@transaction.atomic
def reseal_second_steps() -> int:
    """Seal every secret with the current key; administrators are few, so all at once."""
    rows = list(Authenticator.objects.select_for_update().order_by("pk"))
    for row in rows:
        for name in ("secret", "seed"):
            if row.data.get(name):
                row.data[name] = encrypt(decrypt(row.data[name]))
        row.save(update_fields=["data"])
    return len(rows)
