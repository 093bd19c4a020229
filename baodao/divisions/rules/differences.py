"""How a division table differs from the tree that we hold, and what is agreed to of it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from baodao.divisions.rules.codes import city_of
from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.rules.tree import PARENTS, Kind


class TablePlace(NamedTuple):
    """A row of a table; `row` is where it stands, for refusals."""

    code: str
    name: str
    parent: str | None
    kind: Kind
    row: int


class TreePlace(NamedTuple):
    """A place of the tree as it is; `heir` is the name of who took it over."""

    id: int
    code: str
    name: str
    parent: str | None
    kind: Kind
    path: str
    closed: bool
    heir: str = ""


class Rename(NamedTuple):
    code: str
    old: str
    new: str


class Move(NamedTuple):
    """`code` becomes `new_code` (often the same) and hangs under `new_parent`."""

    code: str
    new_code: str
    name: str
    old_parent: str | None
    new_parent: str | None


class Gone(NamedTuple):
    code: str
    name: str


class TakenOver(NamedTuple):
    """A place of the table that another took over here; only undoing that opens it again."""

    code: str
    name: str
    heir: str


@dataclass
class Differences:
    """A table against the tree. `created` are in an order in which parents come first."""

    read: int = 0
    unchanged: int = 0
    created: list[TablePlace] = field(default_factory=list)
    renamed: list[Rename] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    vanished: list[Gone] = field(default_factory=list)
    closed: list[Gone] = field(default_factory=list)
    """Places of the table that were closed here."""
    taken_over: list[TakenOver] = field(default_factory=list)

    def questions(self) -> int:
        """How many questions it leaves for a human."""
        return len(self.renamed) + len(self.moved) + len(self.vanished) + len(self.closed)


ANSWERS = ("renamed", "moved", "closed", "reopened")


def accepts(accepted: Collection[str], answer: str, code: str) -> bool:
    """Whether `accepted` names all of this kind ("renamed") or this one ("renamed:610102…")."""
    return answer in accepted or f"{answer}:{code}" in accepted


def twice(place: TablePlace, first: TablePlace) -> Refused:
    """Why a second place of the same code is not taken."""
    return Refused(
        "division.twice",
        gettext_noop("Row %(row)s: the code %(division)s stands already in row %(first)s."),
        row=place.row,
        division=place.code,
        first=first.row,
    )


def check_places(
    places: Iterable[TablePlace], kind_in_tree: Callable[[str], Kind | None]
) -> list[TablePlace]:
    """The places, parents first; refuses a code twice, a parent that is nowhere or of the wrong
    kind. `kind_in_tree` tells the kind of a place that the tree already has."""
    by_code: dict[str, TablePlace] = {}
    for place in places:
        first = by_code.setdefault(place.code, place)
        if first is not place:
            raise twice(place, first)
    for refusal in astray(by_code, kind_in_tree):
        raise refusal
    order = {kind: rank for rank, kind in enumerate(PARENTS)}
    return sorted(by_code.values(), key=lambda place: (order[place.kind], place.code))


def astray(
    by_code: Mapping[str, TablePlace], kind_in_tree: Callable[[str], Kind | None]
) -> Iterator[Refused]:
    """A refusal for each place whose parent is nowhere or of the wrong kind."""
    for place in by_code.values():
        above = by_code.get(place.parent or "")
        kind = above.kind if above else kind_in_tree(place.parent or "")
        if (place.parent is None) != (not PARENTS[place.kind]) or (
            place.parent is not None and kind not in PARENTS[place.kind]
        ):
            yield Refused(
                "division.parent",
                gettext_noop(
                    "Row %(row)s: the place above %(division)s %(name)s is missing. It would be "
                    "%(parent)s."
                ),
                row=place.row,
                division=place.code,
                name=place.name,
                parent=place.parent or "—",
            )


def differ(tree: Iterable[TreePlace], table_places: Iterable[TablePlace]) -> Differences:
    """What the table says otherwise than the tree.

    Only places below the uppermost rows of the table can vanish. A place that vanished and one
    of the same kind, city and name that appeared, if both are the only such ones, are one that
    moved and was numbered anew.
    """
    by_code = {row.code: row for row in tree}
    table = {place.code: place for place in table_places}
    differences = Differences(read=len(table))
    appeared: list[TablePlace] = []
    for place in table.values():
        known = by_code.get(place.code)
        if known is None:
            appeared.append(place)
        else:
            _compare(differences, known, place)
    vanished = _vanished(by_code, table)
    renumbered = _renumbered(vanished, appeared, by_code, table)
    taken = {place.code for place in renumbered.values()}
    for row in vanished:
        if row.code in renumbered:
            to = renumbered[row.code]
            differences.moved.append(Move(row.code, to.code, row.name, row.parent, to.parent))
        else:
            differences.vanished.append(Gone(row.code, row.name))
    differences.created = [place for place in appeared if place.code not in taken]
    return differences


def _compare(differences: Differences, known: TreePlace, place: TablePlace) -> None:
    if known.closed and known.heir:
        differences.taken_over.append(TakenOver(known.code, known.name, known.heir))
        return
    if known.closed:
        differences.closed.append(Gone(known.code, known.name))
        return
    if known.name != place.name:
        differences.renamed.append(Rename(known.code, known.name, place.name))
    if known.parent != place.parent:
        differences.moved.append(
            Move(known.code, known.code, place.name, known.parent, place.parent)
        )
    differences.unchanged += known.name == place.name and known.parent == place.parent


def _vanished(tree: Mapping[str, TreePlace], table: Mapping[str, TablePlace]) -> list[TreePlace]:
    """Open places below an uppermost row of the table that are not in it."""
    tops = [code for code, place in table.items() if place.parent not in table]
    paths = sorted(tree[code].path for code in tops if code in tree)
    if not paths:
        return []
    depth = {path.count(".") for path in paths}
    roots = set(paths)

    def below(path: str) -> bool:
        parts = path.split(".")
        return any(".".join(parts[:count]) + "." in roots for count in depth)

    missing = (row for row in tree.values() if row.code not in table and not row.closed)
    return [row for row in missing if below(row.path)]


def _renumbered(
    vanished: list[TreePlace],
    appeared: list[TablePlace],
    tree: Mapping[str, TreePlace],
    table: Mapping[str, TablePlace],
) -> dict[str, TablePlace]:
    """Old code → new place, for those that can be nothing else: by name and the name above, then
    by name alone."""
    matched: dict[str, TablePlace] = {}
    names = {row.name for row in vanished}
    appeared = [place for place in appeared if place.name in names]

    def name_above(parent: str | None) -> str:
        above = tree.get(parent or "") or table.get(parent or "")
        return above.name if above else ""

    for with_parent in (True, False):
        left: dict[tuple[str, ...], list[TreePlace]] = defaultdict(list)
        right: dict[tuple[str, ...], list[TablePlace]] = defaultdict(list)
        taken = {place.code for place in matched.values()}
        for row in vanished:
            if row.code not in matched:
                above = (name_above(row.parent),) if with_parent else ()
                left[(row.kind, row.name, city_of(row.code), *above)].append(row)
        for place in appeared:
            if place.code not in taken:
                above = (name_above(place.parent),) if with_parent else ()
                right[(place.kind, place.name, city_of(place.code), *above)].append(place)
        for key, rows in left.items():
            places = right.get(key, [])
            if len(rows) == 1 and len(places) == 1:
                matched[rows[0].code] = places[0]
    return matched
