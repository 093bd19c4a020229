"""Organisations that people name in words: offered while one types, told apart by where they
stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext

from baodao.kernel.errors import Refused, gettext_noop
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import city_path, place_name, places
from baodao.orgs.rules.tree import Kind

_LETTERS = re.compile(r"[a-z]{1,40}")


@dataclass(frozen=True)
class OrganisationChoice:
    """One that can be chosen: `words` name it and no other, `above` says where it stands."""

    words: str
    name: str
    above: str


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation of an opened tree: the `row` to choose, where it may be chosen; it `opens`
    where others that may be chosen hang below it."""

    code: str
    name: str
    row: OrganisationChoice | None = None
    opens: bool = True


@dataclass(frozen=True)
class OrganisationTree:
    """What hangs below an opened place, and what stands above that, from the top down."""

    above: list[OrganisationLine]
    lines: list[OrganisationLine]


@dataclass(frozen=True)
class Choices:
    """The organisations among which the field of a form chooses.

    The `present` one stays by its own words, though it was closed since or lies elsewhere.
    """

    rows: QuerySet[Organisation]
    present: Organisation | None = None

    @property
    def note(self) -> str:
        """That the present one was closed since, where it was."""
        if self.present is None or self.present.closed_at is None:
            return ""
        words = gettext("%(name)s was closed; it stays until you choose another.")
        return words % {"name": self.present.name}

    def __call__(self, words: str) -> Organisation:
        """The one that is meant by its code, its name, a part of its name, or its name with what
        stands above, or its code, in brackets. Raises `Refused` when none is, or several are."""
        text = words.strip()
        if self.present is not None and text == place_name(self.present):
            return self.present
        rows = list(self._named(text)[:2]) or list(self.rows.filter(name__icontains=text)[:2])
        if len(rows) == 1:
            return rows[0]
        if rows or organisations_found(self.rows, text).exists():
            raise Refused(
                "organisation.ambiguous",
                gettext_noop("Choose the one that you mean by “%(words)s”."),
                words=text,
            )
        raise Refused(
            "organisation.unknown",
            gettext_noop("There is no open organisation “%(words)s” to choose. Check the name."),
            words=text,
        )

    def _named(self, text: str) -> QuerySet[Organisation]:
        name, _, mark = text.removesuffix("）").partition("（")
        rows = self.rows.filter(Q(name=name) | Q(code=text.upper()))
        return rows.filter(Q(parent__name=mark) | Q(code=mark)) if mark else rows

    def candidates(self, words: str, most: int) -> list[OrganisationChoice]:
        """Those that the words can mean, the nearest first; none without words."""
        text = words.strip()
        if not text:
            return []
        name = text.partition("（")[0]
        rank = Case(When(name=name, then=0), When(name__startswith=name, then=1), default=Value(2))
        rows = organisations_found(self.rows, name).select_related("parent")
        order = rows.query.order_by or ("path",)
        return _told_apart(list(rows.order_by(rank, *order)[:most]))

    def tree(self, code: str) -> OrganisationTree:
        """What hangs below the organisation of this code, as far as something there may be chosen;
        from the top where there is none. What has one way on alone is opened at once."""
        rows = self.rows.order_by()
        mine = Exists(rows.filter(path__startswith=OuterRef("path")))
        deeper = Exists(rows.filter(path__startswith=OuterRef("path")).exclude(pk=OuterRef("pk")))
        reach = Organisation.objects.filter(mine).annotate(opens=deeper).order_by("path")
        place = reach.filter(code=code).first() if code else None
        while True:
            lines = list(reach.filter(parent=place))
            if place is not None or len(lines) != 1 or not lines[0].opens:
                break
            place = lines[0]
        keys = [row.pk for row in lines]
        choices = list(self.rows.filter(pk__in=keys).select_related("parent"))
        words = dict(zip((row.pk for row in choices), _told_apart(choices), strict=True))
        above = place.path.rstrip(".").split(".") if place is not None else []
        names = reach.filter(code__in=above)
        return OrganisationTree(
            [OrganisationLine(row.code, row.name) for row in names],
            [OrganisationLine(row.code, row.name, words.get(row.pk), row.opens) for row in lines],
        )


def _told_apart(rows: list[Organisation]) -> list[OrganisationChoice]:
    """Each with words that name it alone: its code stands in the brackets where two are alike."""
    names = [place_name(row) for row in rows]
    above = places_above(rows)
    return [
        OrganisationChoice(
            f"{row.name}（{row.code}）" if names.count(name) > 1 else name, row.name, above[row.pk]
        )
        for row, name in zip(rows, names, strict=True)
    ]


def places_above(rows: Iterable[Organisation]) -> dict[int, str]:
    """Where each stands, in words: 区 · 街道, from below the city down to what it hangs under."""
    codes = {row.pk: row.path.rstrip(".").split(".")[:-1] for row in rows}
    above = Organisation.objects.filter(code__in={code for one in codes.values() for code in one})
    names = dict(above.exclude(kind=Kind.CITY).values_list("code", "name"))
    return {
        key: " · ".join(names[code] for code in one if code in names) for key, one in codes.items()
    }


def organisations_found(rows: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """By a part of the name, also behind the name of one above (雁塔 红星), by the beginning of the
    code, by pinyin from any syllable on, or by initials."""
    words = " ".join(text.split())
    *above, name = words.split(" ") if not words.isascii() else [words]
    named = Q(name__icontains=name)
    for word in above:
        named &= Q(parent__name__icontains=word) | Q(parent__parent__name__icontains=word)
    condition = named | Q(name__icontains=words) | Q(code__startswith=words.upper())
    letters = words.replace(" ", "").lower()
    if _LETTERS.fullmatch(letters):
        condition |= Q(pinyin__regex="(^| )" + " ?".join(letters))
        condition |= Q(pinyin__regex="(^| )" + "[a-z]* ".join(letters))
    return rows.filter(condition)


def keys_found(keys: Iterable[int], text: str) -> set[int]:
    """Those of these organisations, open or closed, that are called so."""
    rows = organisations_found(Organisation.objects.filter(pk__in=keys), text)
    return set(rows.values_list("pk", flat=True))


def community_finder(place: Organisation, kept: Organisation | None = None) -> Choices:
    """Finds an open community of the city in which `place` lies; for the field of a form. The one
    that is `kept` stays by its own words, though it was closed since."""
    return _finder(Kind.COMMUNITY, place, kept)


def unit_finder(place: Organisation) -> Choices:
    """Finds an open unit of the city in which `place` lies; for the field of a form."""
    return _finder(Kind.UNIT, place)


def _finder(kind: Kind, place: Organisation, kept: Organisation | None = None) -> Choices:
    rows = places(kind).filter(path__startswith=city_path(place))
    return Choices(rows.select_related("parent").order_by("path"), kept)
