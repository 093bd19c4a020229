"""Own tables of an organisation: which hold, what each is, and the words for its figures."""

from collections import defaultdict
from functools import cache
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext

from baodao.figures.rules.catalogue import METRICS
from baodao.kernel.authz import Actor, Permission
from baodao.kernel.errors import Absent
from baodao.kernel.scope import within
from baodao.orgs.models import Organisation
from baodao.orgs.rules.policies import codes_of
from baodao.orgs.rules.tree import Kind
from baodao.reporttables.models import OwnReportTable, OwnTableVersion
from baodao.reporttables.rules.declarations import TableDeclaration
from baodao.reporttables.rules.formulas import CODES, FigureNames, key_of, read_formula
from baodao.reporttables.rules.own import OwnDefinition, OwnRows, kept_column

EDIT = Permission.SETTING_EDIT


def own_tables_to_edit(actor: Actor) -> QuerySet[OwnReportTable]:
    """The own tables in force that the actor may change or take out of use."""
    rows = OwnReportTable.objects.filter(ended_at=None).select_related("organisation")
    return within(rows, actor, EDIT, "organisation__path")


def own_table_to_edit(actor: Actor, table_id: UUID) -> OwnReportTable:
    """One of them; raises `Absent`."""
    table = own_tables_to_edit(actor).filter(pk=table_id).first()
    if table is None:
        raise Absent("table")
    return table


def own_versions(organisation: Organisation) -> QuerySet[OwnTableVersion]:
    """The present versions of the own tables that hold at an organisation: its own and those of all
    above it, the outermost first."""
    latest = OwnTableVersion.objects.filter(table=OuterRef("table")).order_by("-number")
    rows = OwnTableVersion.objects.filter(
        pk=Subquery(latest.values("pk")[:1]),
        table__ended_at=None,
        table__organisation__code__in=codes_of([organisation.path]),
    )
    rows = rows.select_related("table__organisation")
    return rows.order_by("table__organisation__path", "table__begun_at", "pk")


def own_declarations(organisation: Organisation) -> list[TableDeclaration]:
    """The own tables that hold at an organisation and stand at its level."""
    declarations = map(declaration, own_versions(organisation))
    return [one for one in declarations if Kind(organisation.kind) in one.levels]


def declaration(version: OwnTableVersion) -> TableDeclaration:
    """A version as the tables of the catalogue are declared."""
    return definition_of(version).declaration(version.table_id.hex, str(version.pk))


def declaration_in(version_id: str) -> TableDeclaration:
    """The declaration by which a table was printed; `Absent` for none."""
    version = OwnTableVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise Absent("table")
    return declaration(version)


def definition_of(version: OwnTableVersion) -> OwnDefinition:
    """What a version says."""
    return OwnDefinition(
        version.title,
        OwnRows(version.rows),
        tuple(map(kept_column, version.columns)),
        version.note,
        version.quarterly,
        read_formula(version.only, CODES) if version.only else None,
    )


def latest_version(table: OwnReportTable) -> OwnTableVersion:
    """What an own table is now."""
    return table.versions.order_by("number").last() or OwnTableVersion(table=table)


@cache
def metric_words() -> FigureNames:
    """The Chinese names by which figures are written: as they stand on paper where that names one
    alone, else as on pages."""
    with translation.override("zh-hans"):
        pages = {code: gettext(metric.heading) for code, metric in METRICS.items()}
    papers: defaultdict[str, list[str]] = defaultdict(list)
    for code, metric in METRICS.items():
        papers[key_of(metric.paper_heading)].append(code)
    by_page = {key_of(words): code for code, words in pages.items()}
    alone = {
        key: codes[0]
        for key, codes in papers.items()
        if len(codes) == 1 and by_page.get(key, codes[0]) == codes[0]
    }
    names = {code: METRICS[code].paper_heading for code in alone.values()}
    codes = {code: code for code in METRICS} | alone | by_page
    several = {
        key: tuple(pages[code] for code in meant)
        for key, meant in papers.items()
        if key not in codes
    }
    return FigureNames(codes, pages | names, several)
