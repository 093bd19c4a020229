"""How the names of places and units are read, for searching them."""

from baodao.kernel.pinyin import syllable


def pinyin_of(name: str) -> str:
    """人民路 → "ren min lu"; what is not Chinese stays as it is. At most 300 characters."""
    return " ".join(filter(None, map(syllable, name.replace(" ", ""))))[:300]
