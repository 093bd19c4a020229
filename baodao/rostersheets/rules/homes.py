"""Communities in which people live, as rosters name them: found among those of the city."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from baodao.rostersheets.rules.problems import HOME_CLOSED, HOME_SEVERAL, HOME_SIMILAR, MESSAGES
from baodao.spreadsheets.cells import NOTHING, UNSAID, compact, quoted

PARTY = re.compile(r"(?:党委|党总支|党支部|党群服务中心)$")
URBAN, RURAL = "社区", "村"
ENDINGS = {
    re.compile(r"(?:社区居民委员会|社区居委会|居民委员会|居委会|社区)$"): URBAN,
    re.compile(r"(?:村村委会|村村民委员会|村民委员会|村委会|村)$"): RURAL,
}
ABOVE_ENDING = re.compile(r"(?:街道办事处|街道办|街道|街办|省|市|区|县|旗|镇|乡)$")
BETWEEN = re.compile(r"街道|办事处|[省市区县旗镇乡街办/\\\-—·.>,、:]")
MARKED = re.compile(r"(.+?)\((.+)\)")
CODE = re.compile(r"[0-9]{9}(?:000|[0-9]{3})?")
DISTRICT_CODE = 12
SHORTEST = 2
NAMED = 3
"""So many communities of one name are told, at most."""


class HomePlace(NamedTuple):
    """A community: `above` are the names of what it stands below, the nearest first; a closed one
    tells in `heir` who took over, if anybody did."""

    id: int
    name: str
    code: str
    above: tuple[str, ...]
    is_closed: bool = False
    heir: str = ""

    @property
    def whole_name(self) -> str:
        return f"{self.name}（{self.above[0]}）" if self.above else self.name


class ReadHome(NamedTuple):
    """What a cell says of where somebody lives: a community, nothing, or what is wrong with it."""

    id: int | None = None
    message: str = ""
    facts: Mapping[str, str] = {}


NOWHERE = ReadHome()


class Homes:
    """The communities of a city, found by any way their names are written: with or without 社区 and
    居委会, behind the names of what stands above or before them in brackets, by their code."""

    def __init__(self, places: Iterable[HomePlace] = ()) -> None:
        self._codes: dict[str, list[HomePlace]] = {}
        self._names: defaultdict[str, list[HomePlace]] = defaultdict(list)
        self._short: defaultdict[str, list[HomePlace]] = defaultdict(list)
        for place in places:
            self._codes[place.code] = [place]
            short, ending = _parted(compact(place.name))
            for one in (ending,) if ending else (URBAN, RURAL):
                self._names[short + one].append(place)
            self._short[short].append(place)

    def read(self, text: str) -> ReadHome:
        """What a cell says that names a community; what is none of this city is asked about."""
        word = compact(text)
        if word in NOTHING or word in UNSAID:
            return NOWHERE
        meant = self._meant(word)
        standing = [place for place in meant if not place.is_closed]
        if len(standing) == 1:
            return ReadHome(standing[0].id)
        value = quoted(text)
        if standing:
            names = "、".join(place.whole_name for place in standing[:NAMED])
            return ReadHome(None, HOME_SEVERAL, {"value": value, "places": names})
        if heir := next((place.heir for place in meant if place.heir), ""):
            return ReadHome(None, HOME_CLOSED, {"value": value, "nearest": heir})
        nearest = self._nearest(word)
        message = HOME_SIMILAR if nearest else MESSAGES["home-unknown"]
        return ReadHome(None, message, {"value": value, "nearest": nearest})

    def _meant(self, word: str) -> Sequence[HomePlace]:
        if CODE.fullmatch(word):
            return self._codes.get(word.ljust(DISTRICT_CODE, "0"), ())
        marked = MARKED.fullmatch(word)
        if marked and (places := self._named(marked[1], marked[2])):
            return places
        splits = (self._named(word[at:], word[:at]) for at in range(len(word) - SHORTEST + 1))
        return next(filter(None, splits), ())

    def _named(self, name: str, above: str) -> list[HomePlace]:
        """Those of this name, of which all that stands above may be said."""
        short, ending = _parted(name)
        places = self._names.get(short + ending, ()) if ending else self._short.get(short, ())
        return [place for place in places if not above or _stands_below(place, above)]

    def _nearest(self, word: str) -> str:
        """The open community whose name a text holds, or looks most like."""
        within = [name for name in self._within(word) if name in self._names]
        close = difflib.get_close_matches(_parted(word)[0], list(self._short), n=1, cutoff=0.5)
        places = self._names[max(within, key=len)] if within else []
        for place in (*places, *(one for key in close for one in self._short[key])):
            if not place.is_closed:
                return place.whole_name
        return ""

    @staticmethod
    def _within(word: str) -> Iterator[str]:
        for start in range(len(word)):
            for end in range(start + SHORTEST, len(word) + 1):
                yield word[start:end]


def _parted(word: str) -> tuple[str, str]:
    """What a community is called, and whether it is a 社区 or a 村, "" where that is not said."""
    word = PARTY.sub("", word)
    for form, ending in ENDINGS.items():
        short = form.sub("", word)
        if short != word and len(short) >= SHORTEST:
            return short, ending
    return word, ""


def _stands_below(place: HomePlace, text: str) -> bool:
    """Whether a text names nothing but what a community stands below."""
    rest = text
    for name in place.above:
        whole = compact(name)
        for form in (whole, ABOVE_ENDING.sub("", whole)):
            if form and form in rest:
                rest = rest.replace(form, "", 1)
                break
    return not BETWEEN.sub("", rest)
