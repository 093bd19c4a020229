"""Lists of words to choose from, beside which one may write freely, and what a text names of them.

A text is kept as people read it: the words of the list in its order, then what was added, divided
by 、. Nothing that was typed is lost.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

MARK = "、"
PIECES = re.compile(
    r"(?:[、，,；;。/|\\\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]))(?![^()（）]*[)）])"
)
"""Between two pieces, not in brackets; a blank only between Chinese characters."""

LEAD = re.compile(r"^(?:本人|我)?(?:擅长|爱好|喜欢|喜爱|热爱|熟悉|精通|善于|懂|会)")
TRAIL = re.compile(r"(?:等|类|爱好者|爱好|特长|技能|知识|方面)+$")


@dataclass(frozen=True)
class Reading:
    """What a text says: the `words` of the list that it names, and the `rest` as it was typed."""

    words: tuple[str, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ChoiceList:
    """Words in their order, each with what says the same (`names`) and what speaks of it but says
    more (`signs`), such as 法律 with 法律咨询 and 律师. A name may stand for several words."""

    names: Mapping[str, Collection[str]]
    signs: Mapping[str, Collection[str]]

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may be chosen."""
        return tuple(self.names)

    @cached_property
    def _named(self) -> Mapping[str, tuple[str, ...]]:
        named: dict[str, tuple[str, ...]] = {}
        for word, names in self.names.items():
            for name in (word, *names):
                named[_plain(name)] = (*named.get(_plain(name), ()), word)
        return named

    @cached_property
    def _spoken(self) -> Mapping[str, tuple[str, ...]]:
        spoken = dict(self._named)
        for word, signs in self.signs.items():
            for sign in signs:
                spoken[_plain(sign)] = (*spoken.get(_plain(sign), ()), word)
        return spoken

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self._spoken, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest)))

    def read(self, text: str) -> Reading:
        """Which words the pieces of a text name, in the order of the list, and the other pieces."""
        named: set[str] = set()
        rest: dict[str, None] = {}
        for piece in filter(None, (part.strip() for part in PIECES.split(text))):
            words = self._named.get(_plain(piece)) or self._named.get(_core(piece))
            if words:
                named.update(words)
            else:
                rest[piece] = None
        return Reading(tuple(word for word in self.names if word in named), tuple(rest))

    def tidy(self, text: str) -> str:
        """A text as it is kept; one that names no word stays as it was typed."""
        reading = self.read(text)
        return MARK.join((*reading.words, *reading.rest)) if reading.words else text

    def within(self, text: str) -> frozenset[str]:
        """The words of which a text speaks anywhere, by their names or signs."""
        spoken = self._pattern.findall(_plain(text))
        return frozenset(word for name in spoken for word in self._spoken[name])


@lru_cache(maxsize=64)
def widened(words: ChoiceList, more: tuple[str, ...]) -> ChoiceList:
    """The same list with more words at its end; made once, for many who read by it."""
    added = {word: () for word in more if word not in words.names}
    return ChoiceList({**words.names, **added}, words.signs) if added else words


def _plain(text: str) -> str:
    """For comparing: compatibility forms unified, no spaces, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _core(piece: str) -> str:
    """A piece without what people say around a word: 会摄影 and 摄影爱好者 are 摄影."""
    return _plain(TRAIL.sub("", LEAD.sub("", piece)))


def choice_list(text: str) -> ChoiceList:
    """A list written down: a line a word, as `word = names | signs`, blanks between them."""
    names: dict[str, tuple[str, ...]] = {}
    signs: dict[str, tuple[str, ...]] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        word, _, others = line.partition("=")
        same, _, more = others.partition("|")
        names[word.strip()] = tuple(same.split())
        signs[word.strip()] = tuple(more.split())
    return ChoiceList(names, signs)
