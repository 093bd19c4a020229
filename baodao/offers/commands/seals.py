"""Telephones of those who asked, sealed anew with the current key."""

from django.db import transaction

from baodao.kernel import crypto
from baodao.offers.models import Need

BATCH = 500


def reseal_askers() -> int:
    """Seal what older keys sealed, batch by batch; returns how many. Run again, it goes on."""
    done = 0
    while taken := _reseal_batch():
        done += taken
    return done


@transaction.atomic
def _reseal_batch() -> int:
    ring = crypto.ring()
    current = bytes([ring.current])
    old = Need.objects.exclude(phone_sealed=None).exclude(
        phone_sealed__gte=current, phone_sealed__lt=bytes([ring.current + 1])
    )
    rows = list(old.select_for_update(no_key=True).order_by("pk")[:BATCH])
    for row in rows:
        phone = ring.unseal(bytes(row.phone_sealed or b""), "phone")
        row.phone_sealed = ring.seal(phone, "phone")
        row.save(update_fields=["phone_sealed"])
    return len(rows)
