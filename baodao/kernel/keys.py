"""A new encryption key: everything sealed anew in batches, then the old keys are forgotten."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from baodao.kernel import crypto
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.sealed import check_idle, stores


def new_key() -> None:
    """Add a key that seals from now on; a rotation that was cut off goes on with its own.

    Refused while something runs that seals with the key it began with.
    """
    check_idle()
    if keys_in_use() <= {crypto.ring().current}:
        crypto.add_key(_path(), settings.CIPHER)


def reseal(tell: Callable[[int], None]) -> Counter[str]:
    """Seal what older keys sealed, batch by batch, each in its transaction; rows by their store.

    Killed in between it goes on where it was. `tell` hears the number of rows done so far.
    """
    done: Counter[str] = Counter()
    for store in stores():
        while count := store.reseal():
            done[store.name] += count
            tell(done.total())
    return done


def forget_old_keys() -> None:
    """Drop the keys with which nothing is sealed any more."""
    check_idle()
    if keys_in_use() - {crypto.ring().current}:
        raise Refused(
            "keys.in-use",
            gettext_noop("Something is still sealed with an old key. Run this once more."),
        )
    crypto.drop_old_keys(_path())


def keys_in_use() -> set[int]:
    """The ids of the keys that open something."""
    return {key for store in stores() for key in store.by_key()}


def _path() -> Path:
    return Path(settings.KEY_FILE)
