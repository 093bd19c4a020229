"""Encryption at rest and blind indexes for identity numbers and telephones (PIPL; compliance 12).

A ciphertext is one byte of key id, twelve of nonce, then AEAD output bound to the field's name.
The blind index is a keyed HMAC, cut to 16 bytes: equal values are found, nothing else is learnt.
"""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.base import Cipher
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings

NONCE = 12
TAG = 16
BLOCK, INNER, OUTER = 64, 0x36, 0x5C
"""What RFC 2104 says of an HMAC with SHA-256: bytes of a block, and how each hash pads the key."""
CIPHERS = {"aes-256-gcm": 32, "sm4-gcm": 16}


class Aead(Protocol):
    """Authenticated encryption: `encrypt` appends the tag, `decrypt` refuses a wrong one."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...


class Sm4Gcm:
    """SM4-GCM (GB/T 32907) for sites that must use national algorithms."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        encryptor = Cipher(SM4(self._key), GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        decryptor = Cipher(SM4(self._key), GCM(nonce, data[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG]) + decryptor.finalize()


def _padded(key: bytes, pad: int) -> "hashlib._Hash":
    """One of the two hashes of an HMAC, holding its key of at most a block."""
    assert len(key) <= BLOCK
    return hashlib.sha256(bytes(byte ^ pad for byte in key.ljust(BLOCK, b"\0")))


def _aead(cipher: str, key: bytes) -> Aead:
    return AESGCM(key) if cipher == "aes-256-gcm" else Sm4Gcm(key)


@dataclass(frozen=True)
class KeyRing:
    """The encryption keys by id (the highest is used for writing) and the index key."""

    keys: dict[int, tuple[str, bytes]]
    index_key: bytes
    _aeads: dict[int, Aead] = field(init=False, repr=False)
    _inner: "hashlib._Hash" = field(init=False, repr=False)
    _outer: "hashlib._Hash" = field(init=False, repr=False)
    current: int = field(init=False)

    def __post_init__(self) -> None:
        aeads = {key_id: _aead(*key) for key_id, key in self.keys.items()}
        object.__setattr__(self, "_aeads", aeads)
        object.__setattr__(self, "_inner", _padded(self.index_key, INNER))
        object.__setattr__(self, "_outer", _padded(self.index_key, OUTER))
        object.__setattr__(self, "current", max(self.keys))

    def seal_bytes(self, content: bytes, purpose: str) -> bytes:
        nonce = os.urandom(NONCE)
        key_id = self.current
        sealed = self._aeads[key_id].encrypt(nonce, content, purpose.encode())
        return bytes([key_id]) + nonce + sealed

    def unseal_bytes(self, sealed: bytes, purpose: str) -> bytes:
        """The clear bytes; raises `cryptography.exceptions.InvalidTag` when tampered with."""
        sealed = bytes(sealed)
        nonce, body = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        return self._aeads[sealed[0]].decrypt(nonce, body, purpose.encode())

    def seal(self, value: str, purpose: str) -> bytes:
        return self.seal_bytes(value.encode(), purpose)

    def unseal(self, sealed: bytes, purpose: str) -> str:
        return self.unseal_bytes(sealed, purpose).decode()

    def blind(self, value: str, purpose: str) -> bytes:
        """A 16-byte keyed digest by which equal values of one purpose are found.

        HMAC-SHA256 (RFC 2104) as its two hashes, both of which hold the key already: a large roster
        asks for several hundred thousand, and `hmac` takes twice as long.
        """
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(f"{purpose}\0{value}".encode())
        outer.update(inner.digest())
        return outer.digest()[:16]

    def blinds(self, values: Iterable[str], purpose: str) -> dict[str, bytes]:
        """`blind` of each of a great many values, in half the time."""
        start, outer = self._inner.copy(), self._outer
        start.update(f"{purpose}\0".encode())
        indexes: dict[str, bytes] = {}
        for value in values:
            inner, around = start.copy(), outer.copy()
            inner.update(value.encode())
            around.update(inner.digest())
            indexes[value] = around.digest()[:16]
        return indexes


def _encode(ring: KeyRing) -> str:
    keys = [
        {"id": key_id, "cipher": cipher, "key": base64.b64encode(key).decode()}
        for key_id, (cipher, key) in ring.keys.items()
    ]
    return json.dumps({"index": base64.b64encode(ring.index_key).decode(), "encryption": keys})


def _write(path: Path, ring: KeyRing) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{os.getpid()}")
    part.touch(mode=0o600)
    part.write_text(_encode(ring))
    part.replace(path)


def _new_key(cipher: str) -> tuple[str, bytes]:
    return cipher, secrets.token_bytes(CIPHERS[cipher])


def key_ring(path: Path, cipher: str = "aes-256-gcm") -> KeyRing:
    """The ring kept in the file `path` (mode 0600), made on first use.

    Read again when the file has changed, so that running servers learn of a new key.
    """
    if not path.exists():
        _write(path, KeyRing({1: _new_key(cipher)}, secrets.token_bytes(32)))
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> KeyRing:
    stored = json.loads(path.read_text())
    return KeyRing(
        {key["id"]: (key["cipher"], base64.b64decode(key["key"])) for key in stored["encryption"]},
        base64.b64decode(stored["index"]),
    )


def ring() -> KeyRing:
    """The ring of this installation."""
    return key_ring(settings.KEY_FILE, settings.CIPHER)


def add_key(path: Path, cipher: str = "aes-256-gcm") -> KeyRing:
    """Add a new current key; old ones stay until everything is sealed anew."""
    ring = key_ring(path)
    _write(path, KeyRing(ring.keys | {ring.current + 1: _new_key(cipher)}, ring.index_key))
    return key_ring(path)


def drop_old_keys(path: Path) -> KeyRing:
    """Forget every key but the current one; call it only when nothing is sealed with them."""
    ring = key_ring(path)
    _write(path, KeyRing({ring.current: ring.keys[ring.current]}, ring.index_key))
    return key_ring(path)
