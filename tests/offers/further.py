"""A further kind beside those of the project: its folder is loaded, and nothing else is changed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint

from baodao.kernel.database import APP
from baodao.kernel.facts import grant_rights
from baodao.kernel.prepared import Prepared
from baodao.offers.kinds.parts import PARTS, load_parts
from baodao.offers.kinds.registry import FOLDERS, KINDS, load
from baodao.offers.models import Offer, hours_by_kind


@contextmanager
def installed(package: str) -> Iterator[None]:
    """The kind of this folder, with what `makemigrations` finds done to the tests' database."""
    before = ProjectState.from_apps(apps)
    code = load(package).code
    load_parts(code)
    _say_hours()
    after = ProjectState.from_apps(apps)
    changes = MigrationAutodetector(before, after)._detect_changes()
    operations = [one for migration in changes["offers"] for one in migration.operations]
    assert changes.keys() == {"offers"}
    states = [before]
    for operation in operations:
        states.append(states[-1].clone())
        operation.state_forwards("offers", states[-1])
    for operation, *around in zip(operations, states, states[1:], strict=False):
        _run(operation, *around)
    grant_rights(APP)
    _write_anew()
    try:
        yield
    finally:
        for operation, *around in reversed(list(zip(operations, states, states[1:], strict=False))):
            _run(operation, *around, back=True)
        _forget(package, code)
        _write_anew()


def _write_anew() -> None:
    """Statements are written once, of the kinds that a start of the project knows."""
    modules = [module for name, module in sys.modules.items() if name.startswith("baodao.")]
    for one in [value for module in modules for value in vars(module).values()]:
        if type(one) is Prepared:
            vars(one)["_statements"].clear()


def _run(operation: Operation, old: ProjectState, new: ProjectState, *, back: bool = False) -> None:
    with connections["owner"].schema_editor() as editor:
        if back:
            operation.database_backwards("offers", editor, new, old)
        else:
            operation.database_forwards("offers", editor, old, new)


def _say_hours() -> None:
    """The constraint by kind as a start of the project would build it now."""
    options = Offer._meta
    named = {one.name: one for one in options.constraints}
    named["offer_hours_by_kind"] = CheckConstraint(
        condition=hours_by_kind(), name="offer_hours_by_kind"
    )
    options.constraints = list(named.values())
    options.original_attrs["constraints"] = options.constraints


def _forget(package: str, code: str) -> None:
    table = PARTS.pop(code).particulars
    del KINDS[code], FOLDERS[code]
    if table is not None:
        del apps.all_models["offers"][table.__name__.lower()]
        apps.clear_cache()
    _say_hours()
    for name in [name for name in sys.modules if name.startswith(package)]:
        del sys.modules[name]
