"""Sealing, finding and changing keys."""

import hmac
import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from baodao.kernel import crypto

NUMBER = "99010119800501001X"


@pytest.fixture(params=sorted(crypto.CIPHERS))
def ring(request: pytest.FixtureRequest, tmp_path: Path) -> crypto.KeyRing:
    return crypto.key_ring(tmp_path / "keys.json", request.param)


@given(text=st.text(max_size=200))
def test_what_is_sealed_is_unsealed(text: str) -> None:
    ring = crypto.ring()
    assert ring.unseal(ring.seal(text, "phone"), "phone") == text


def test_the_same_value_looks_different_each_time_and_shows_nothing(ring: crypto.KeyRing) -> None:
    first, second = ring.seal(NUMBER, "id-number"), ring.seal(NUMBER, "id-number")
    assert first != second
    assert NUMBER.encode() not in first


def test_a_changed_byte_is_noticed(ring: crypto.KeyRing) -> None:
    sealed = bytearray(ring.seal(NUMBER, "id-number"))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        ring.unseal(bytes(sealed), "id-number")


def test_a_value_cannot_be_moved_to_another_column(ring: crypto.KeyRing) -> None:
    with pytest.raises(InvalidTag):
        ring.unseal(ring.seal(NUMBER, "id-number"), "phone")


def test_equal_values_are_found_within_one_purpose_only(ring: crypto.KeyRing) -> None:
    assert ring.blind("1234", "phone-tail") == ring.blind("1234", "phone-tail")
    assert ring.blind("1234", "phone-tail") != ring.blind("1234", "id-tail")


def test_a_new_key_reads_what_the_old_one_sealed_until_that_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    old = crypto.key_ring(path).seal(NUMBER, "id-number")
    ring = crypto.add_key(path, "sm4-gcm")
    new = ring.seal(NUMBER, "id-number")
    assert ring.unseal(old, "id-number") == ring.unseal(new, "id-number") == NUMBER
    assert crypto.drop_old_keys(path).unseal(new, "id-number") == NUMBER
    with pytest.raises(KeyError):
        crypto.key_ring(path).unseal(old, "id-number")


def test_the_key_file_is_ours_alone(tmp_path: Path) -> None:
    crypto.key_ring(tmp_path / "keys" / "data.json")
    mode = (tmp_path / "keys" / "data.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_the_blind_index_is_an_hmac_of_purpose_and_value() -> None:
    ring = crypto.ring()
    whole = hmac.digest(ring.index_key, "id-number\0某值".encode(), "sha256")
    assert ring.blind("某值", "id-number") == whole[:16]
