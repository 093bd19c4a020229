"""The numbers by which persons are known outside."""

import os

NUMBER_ALPHABET = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ" * 8
NUMBER_LENGTH = 10


def new_number() -> str:
    """A volunteer number: V and ten characters, of which none looks like another."""
    return "V" + os.urandom(NUMBER_LENGTH).translate(NUMBER_ALPHABET).decode()
