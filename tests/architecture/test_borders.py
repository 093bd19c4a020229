"""Borders between slices that only show inside the code: foreign keys, private modules, rows."""

import ast
import sys
from fnmatch import fnmatch

from django.apps import apps
from django.db.models import ForeignKey

from tests.architecture.source import ORDER, PACKAGE, imports, modules, nodes, slice_of

OPEN = ("commands", "queries", "rules", "models", "kinds", "facts", "requests")
COMPOSING = {"home": ("tables",), "reporttables": ("tables", "documents")}
"""What else of the slices below a slice may use that puts them together."""

ABOVE_ALL = ("config", "operations", "demo")
MECHANISMS = ("kernel", "ui", "spreadsheets", "documents", "bookings")
"""Slices without nouns of the domain, and the bookings of an hour, which others declare: all of
their modules may be used from above."""

SHAPES = "api"
"""What an API shows of a noun is said by its owner: an `api` may use the `api` of slices below."""

HTTP_ALLOWED = (
    *("views", "api", "middleware", "requests", "guards", "interruptions", "pages", "submissions"),
    *("adapter", "urls", "listing", "numbers"),
)


def test_a_foreign_key_points_downwards_or_stays_in_its_slice() -> None:
    wrong = []
    for model in apps.get_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey) or here not in ORDER:
                continue
            there = field.related_model._meta.app_label
            if ORDER.index(there) > ORDER.index(here):
                wrong.append(f"{model.__name__}.{field.name} → {there}")
            if there != here and not str(field.remote_field.related_name).endswith("+"):
                wrong.append(f"{model.__name__}.{field.name} shows in {there}: related_name")
    assert wrong == []


def test_another_slice_is_used_through_its_open_modules_only() -> None:
    wrong = []
    for file, tree in modules():
        here = slice_of(file)
        for module, name, line in imports(tree):
            parts = module.split(".")
            if parts[0] != "baodao" or len(parts) < 2 or parts[1] in (here, *MECHANISMS):
                continue
            inside = parts[2] if len(parts) > 2 else name
            shapes = inside == SHAPES and file.stem == SHAPES
            open_here = (*OPEN, *COMPOSING.get(here, ()))
            if inside not in open_here and not shapes and here not in ABOVE_ALL:
                wrong.append(f"{file.relative_to(PACKAGE)}:{line} {module}")
    assert wrong == []


def test_rows_of_another_slice_come_from_its_queries() -> None:
    wrong = []
    for file, tree in modules():
        here = slice_of(file)
        foreign = {
            name
            for module, name, _ in imports(tree)
            if module.startswith("baodao.")
            and module.endswith(".models")
            and module.split(".")[1] != here
        }
        wrong += [
            f"{file.relative_to(PACKAGE)}:{node.lineno} {node.value.id}.objects"
            for node in nodes(tree)
            if isinstance(node, ast.Attribute)
            and node.attr == "objects"
            and isinstance(node.value, ast.Name)
            and node.value.id in foreign
        ]
    assert wrong == []


def test_requests_and_responses_stay_in_views() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{line}"
        for file, tree in modules()
        for module, _, line in imports(tree)
        if module.startswith("django.http")
        and not any(
            part.removesuffix(".py") in HTTP_ALLOWED for part in file.relative_to(PACKAGE).parts
        )
    ]
    assert wrong == []


def test_only_the_clock_knows_what_time_it_is() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file, tree in modules()
        if file != PACKAGE / "kernel" / "clock.py"
        for node in nodes(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "today", "utcnow")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("timezone", "datetime", "date")
    ]
    assert wrong == []


FOREIGN = {
    "allauth": ("accounts",),
    "apprise": ("notices/commands/gateway.py",),
    "axes": ("accounts/adapter.py", "accounts/api.py"),
    "chinese_calendar": ("kernel/workdays.py",),
    "cryptography": (
        *("kernel/crypto.py", "kernel/signatures.py"),
        *("notices/commands/deliveries.py", "operations/backups/keys.py"),
    ),
    "csp": ("config/settings.py", "home/queries/compliance.py", "attendance/views/sheets.py"),
    "defusedxml": ("spreadsheets/parts.py",),
    "django_htmx": ("ui/requests.py",),
    "docx": ("documents/layouts.py", "documents/placeholders.py", "documents/word.py"),
    "docxtpl": ("documents/layouts.py",),
    "granian": ("operations/subcommands/server.py",),
    "highspy": ("allocation/solver.py",),
    "icalendar": ("agenda/documents.py", "committees/documents.py"),
    "jinja2": ("documents/layouts.py",),
    "ninja": ("*/api.py", "*/api"),
    "numpy": ("allocation/solver.py",),
    "ortools": ("allocation/solver.py",),
    "polib": ("operations/messages.py",),
    "procrastinate": ("*/tasks.py", "kernel/jobs.py", "operations/subcommands/worker.py"),
    "psycopg": ("kernel/locks.py",),
    "pydantic": ("*/api.py", "*/api"),
    "pydantic_core": ("offers/api/shapes.py",),
    "pypinyin": ("kernel/pinyin.py",),
    "python_calamine": ("spreadsheets/child.py",),
    "segno": ("documents/qr.py",),
    "typst": ("documents/fonts.py", "documents/pdf.py"),
    "xlsxwriter": ("documents/workbooks.py",),
    "yaml": ("policies/rules/reading.py",),
}
"""The packages of others, and the modules and folders that may use each; Django is everywhere."""


def _foreign() -> dict[str, set[str]]:
    """The packages that are neither ours nor Python's, and the modules that import them."""
    users: dict[str, set[str]] = {}
    for file, tree in modules():
        for module, _, _ in imports(tree):
            package = module.partition(".")[0]
            if package not in {*sys.stdlib_module_names, "baodao", "django"}:
                users.setdefault(package, set()).add(str(file.relative_to(PACKAGE)))
    return users


def _is_at(file: str, place: str) -> bool:
    """Whether a module is the place, or lies in it; `*` stands for any slice."""
    return fnmatch(file, place) or fnmatch(file, f"{place}/*")


def test_each_foreign_package_is_used_where_it_belongs() -> None:
    strange = [
        f"{file}: {package}"
        for package, files in sorted(_foreign().items())
        for file in sorted(files)
        if not any(_is_at(file, place) for place in FOREIGN.get(package, ()))
    ]
    assert strange == []


def test_a_place_that_no_longer_uses_a_foreign_package_is_not_listed() -> None:
    users = _foreign()
    idle = [
        f"{place}: {package}"
        for package, places in FOREIGN.items()
        for place in places
        if not any(_is_at(file, place) for file in users.get(package, ()))
    ]
    assert idle == []


def test_a_view_is_short() -> None:
    """At most 15 lines after its docstring: parse, query or command, render."""
    wrong = []
    for file, tree in modules():
        if "views" not in {part.removesuffix(".py") for part in file.parts}:
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any(
                arg.arg == "request" for arg in node.args.args[:1]
            ):
                first = node.body[1] if len(node.body) > 1 else node.body[0]
                lines = (node.end_lineno or 0) - first.lineno + 1
                if lines > 15:
                    wrong.append(f"{file.relative_to(PACKAGE)}:{node.lineno} {node.name} {lines}")
    assert wrong == []
