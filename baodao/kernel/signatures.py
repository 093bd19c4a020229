"""Signatures of this installation (Ed25519): who holds the database does not hold the key."""

import contextlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

PublicKey = Ed25519PublicKey
PRIVATE = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
PUBLIC = (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def key_file() -> Path:
    """Beside the keys of the encrypted columns."""
    return Path(settings.KEY_FILE).with_name("seals.pem")


def signing_key(path: Path | None = None) -> Ed25519PrivateKey:
    """The key kept in a file of mode 0600, made on first use."""
    path = path or key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(f".{os.getpid()}")
        part.touch(mode=0o600)
        part.write_bytes(Ed25519PrivateKey.generate().private_bytes(*PRIVATE))
        with contextlib.suppress(FileExistsError):  # of two that make one at once, the first wins
            os.link(part, path)
        part.unlink()
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds no Ed25519 key")
    return key


def own_key() -> PublicKey | None:
    """The other half of the key in the file; None before there is one."""
    return signing_key().public_key() if key_file().exists() else None


def public_pem() -> bytes:
    """The other half, for whoever checks."""
    return signing_key().public_key().public_bytes(*PUBLIC)


def public_key(pem: bytes) -> PublicKey:
    """The key in a PEM text; raises `ValueError`."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("no Ed25519 key")
    return key


def holds(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether the key's owner signed exactly this."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
