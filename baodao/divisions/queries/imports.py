"""The places we hold beside those of the national table, and whether one may import there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import F, Q

from baodao.divisions.models import TableUpload
from baodao.divisions.queries.tables import (
    AS_IT_STANDS,
    DivisionFault,
    DivisionScope,
    DivisionTable,
    read_table,
)
from baodao.divisions.rules.differences import (
    Differences,
    TablePlace,
    TreePlace,
    astray,
    check_places,
    differ,
)
from baodao.divisions.rules.rows import WORDS
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent, Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import heir_names, organisations_anywhere
from baodao.orgs.rules.tree import PLACES, Kind
from baodao.vocabulary.queries import own_words
from baodao.vocabulary.rules.words import UNUSED

KINDS = {kind.value: kind for kind in Kind}


def tree_places(codes: Iterable[str] = (), prefix: str = "") -> list[TreePlace]:
    """Places of the tree whose code begins with `prefix`, and those with one of `codes`."""
    rows = organisations_anywhere().filter(kind__in=PLACES).order_by()
    if prefix:
        rows = rows.filter(Q(code__startswith=prefix) | Q(code__in=list(codes)))
    values = rows.annotate(above=F("parent__code")).values_list(
        "pk", "code", "name", "above", "kind", "path", "closed_at"
    )
    heirs = heir_names()
    return [
        TreePlace(
            pk, code, name, above, KINDS[kind], path, closed_at is not None, heirs.get(pk, "")
        )
        for pk, code, name, above, kind, path, closed_at in values.iterator(20_000)
    ]


def names_of_places(codes: Iterable[str]) -> dict[str, str]:
    """The names by code of those places that are in the tree."""
    rows = organisations_anywhere().filter(kind__in=PLACES, code__in=list(codes))
    return dict(rows.values_list("code", "name"))


def differences(places: Sequence[TablePlace], prefix: str = "") -> Differences:
    """What a table says otherwise than the tree; with `prefix` only codes beginning with it are
    looked at for what vanished. Refuses a table that hangs together badly, with the row."""
    tree = tree_places([place.code for place in places] if prefix else (), prefix)
    kinds = {row.code: row.kind for row in tree}
    return differ(tree, check_places(places, kinds.get))


def faults_of(table: DivisionTable) -> list[DivisionFault]:
    """Everything that is wrong with a table by row: what cannot be read, or else the places whose
    parent is neither in it nor in the tree."""
    if table.faults:
        return table.faults
    by_code = {place.code: place for place in table.places}
    above = {place.parent or "" for place in table.places} - by_code.keys()
    rows = organisations_anywhere().filter(kind__in=PLACES, code__in=above)
    kinds = {code: KINDS[kind] for code, kind in rows.values_list("code", "kind")}
    return [DivisionFault("", refusal) for refusal in astray(by_code, kinds.get)]


def check_import(actor: Actor, places: Sequence[TablePlace]) -> None:
    """Every uppermost place of the table must lie where the actor may import."""
    for place, path in _uppermost(places):
        if not actor.may(Permission.DIVISION_IMPORT, path):
            raise Refused(
                "division.outside",
                gettext_noop(
                    "%(name)s lies outside what you administer. A new city is imported on the "
                    "server with baodao divisions import."
                ),
                name=place.name,
            )


def place_of(places: Sequence[TablePlace]) -> Organisation | None:
    """The lowest place of the tree that holds all of a table, before it is taken over or after;
    None for several cities."""
    paths = [path.split(".") for _, path in _uppermost(places)]
    codes = [parts[0] for parts in zip(*paths, strict=False) if len(set(parts)) == 1]
    return organisations_anywhere().filter(code__in=codes).order_by("-path").first()


def _uppermost(places: Sequence[TablePlace]) -> list[tuple[TablePlace, str]]:
    """Every uppermost place of a table with its path in the tree, or that of the place above."""
    own = {place.code for place in places}
    tops = [place for place in places if place.parent not in own]
    named = {place.code for place in tops} | {place.parent or "" for place in tops}
    paths = dict(organisations_anywhere().filter(code__in=named).values_list("code", "path"))
    return [(place, paths.get(place.code) or paths.get(place.parent or "", "")) for place in tops]


def table_in(
    content: bytes, place: Organisation | None, scope: DivisionScope = AS_IT_STANDS
) -> DivisionTable:
    """The table of a file, read by the words taught for `place`; what `scope` says of its columns
    wins."""
    taught = own_words(place, WORDS.name).headers if place else {}
    facts = set(scope.choices.values()) - {UNUSED}
    choices = {key: fact for key, fact in taught.items() if fact not in facts} | dict(scope.choices)
    return read_table(content, replace(scope, choices=choices))


def upload_of(actor: Actor, upload_id: UUID) -> TableUpload:
    """The actor's own uploaded table; raises `Absent`."""
    rows = TableUpload.objects.filter(account_id=actor.account_id)
    upload = rows.select_related("place").filter(pk=upload_id).first()
    if upload is None:
        raise Absent("table")
    return upload
