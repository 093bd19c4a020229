"""Rows changed by an act on the tree, each noted so that it can be put back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from baodao.kernel import stages
from baodao.kernel.authz import Actor
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code
from baodao.kernel.marks import all_plain, plain, restored
from baodao.kernel.stages import Living
from baodao.orgs.models import Organisation
from baodao.orgs.queries.reorganisations import check_lines, handover_lines
from baodao.orgs.rules.handovers import AFTERMATHS, HANDOVERS, HandoverLine, ReorganisationPlan


class Changes:
    """The undo list of one act at one instant (`rules.handovers.UndoList`).

    `steps` are what the row of such an act keeps, in the order of the changes.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.steps: list[dict[str, Any]] = []

    def change(self, rows: QuerySet[Any], **values: Any) -> int:
        """Set the columns `values` (of a foreign key the id) of the rows of a queryset; returns
        how many there were."""
        keys = self._note(rows, values)
        rows.model._base_manager.filter(pk__in=keys).update(**values)
        return len(keys)

    def move(self, rows: Sequence[Living], to: Code, **columns: Any) -> None:
        """Move rows of one model, locked, into the state `to`; their stages end and begin."""
        with self._staged(rows, {"state": to, **columns}):
            stages.move(rows, to, self.at, **columns)

    def turn(self, rows: Sequence[Living], **columns: Any) -> None:
        """Change columns (of a foreign key the id), the same for all, of locked rows of one model;
        their stages end and begin."""
        with self._staged(rows, columns):
            stages.turn(rows, self.at, **columns)

    def create(self, rows: Sequence[Model]) -> None:
        """Note rows of one model, just made."""
        if rows:
            keys = [plain(row.pk) for row in rows]
            self.steps.append({"model": rows[0]._meta.label, "created": keys})

    def drop(self, rows: QuerySet[Any]) -> None:
        """Delete the rows of a queryset, which nothing points at, and keep what they said."""
        columns = [field.attname for field in rows.model._meta.concrete_fields]
        dropped = [all_plain(row) for row in rows.order_by("pk").values(*columns)]
        if dropped:
            self.steps.append({"model": rows.model._meta.label, "dropped": dropped})
            keys = [row[rows.model._meta.pk.attname] for row in dropped]
            rows.model._base_manager.filter(pk__in=keys).delete()

    def remember(self, persons: Iterable[UUID], organisations: Iterable[int]) -> None:
        """Note who was told of the act."""
        self.steps.append(
            {"persons": [str(one) for one in persons], "organisations": list(organisations)}
        )

    def note(self, row: Organisation) -> None:
        """Keep how an organisation hung, was numbered and called, and whether it was closed."""
        columns = ("parent_id", "code", "name", "closed_at")
        known = all_plain({name: getattr(row, name) for name in columns})
        self.steps.append({"organisation": row.pk, **known})

    @contextmanager
    def _staged(self, rows: Sequence[Living], values: dict[str, Any]) -> Iterator[None]:
        """Note rows whose columns and stages are changed inside, and the stages that begin."""
        if not rows:
            yield
            return
        model, keys = type(rows[0]), [row.pk for row in rows]
        self._note(model._base_manager.filter(pk__in=keys), values)
        stage = stages.stages_of(model)
        if stage:
            self._note(stage.objects.filter(subject__in=keys, until=None), {"until": self.at})
        yield
        if stage:
            self.create(list(stage.objects.filter(subject__in=keys, until=None)))

    def _note(self, rows: QuerySet[Any], values: dict[str, Any]) -> list[Any]:
        """Keep the columns that are about to change; returns the keys of the rows. Raises
        `KeyError` for what is no column: it could not be put back."""
        restored(rows.model, values)
        present = rows.order_by("pk").values("pk", *values)
        before = [[plain(row.pop("pk")), all_plain(row)] for row in present]
        if before:
            model = rows.model._meta.label
            self.steps.append({"model": model, "before": before, "after": all_plain(values)})
        return [key for key, _ in before]


def hand_over(actor: Actor, plan: ReorganisationPlan, changes: Changes) -> list[HandoverLine]:
    """Let every slice hand its rows over or end them; refuses when something stands in the way.
    Returns what became of them."""
    lines = handover_lines(plan)
    check_lines(plan, lines)
    for handover in HANDOVERS.values():
        handover.act(actor, plan, changes)
    return lines


@contextmanager
def settled(actor: Actor, changes: Changes) -> Iterator[None]:
    """Around a change of the tree: what is over in the slices because of it ends with it, and is
    kept in its undo list."""
    before = {key: one.over() for key, one in AFTERMATHS.items()}
    yield
    for key, one in AFTERMATHS.items():
        ids = one.over() - before[key]
        if marks := one.settle(actor, ids) if ids else {}:
            changes.steps.append({"aftermath": key, "marks": marks})


def resume(actor: Actor, steps: Sequence[dict[str, Any]]) -> None:
    """Let what ended with a change of the tree stand again, once the tree does."""
    for step in steps:
        if "aftermath" in step:
            AFTERMATHS[step["aftermath"]].take_back(actor, step["marks"])


def put_back(steps: Sequence[dict[str, Any]]) -> None:
    """Take noted changes of rows back, the last first; refuses when a row was changed since."""
    rows = [step for step in steps if "model" in step]
    _hold(rows)
    for step in reversed(rows):
        model = apps.get_model(step["model"])
        if "created" in step:
            model._base_manager.filter(pk__in=step["created"]).delete()
        elif "dropped" in step:
            rows_again = [model(**restored(model, values)) for values in step["dropped"]]
            model._base_manager.bulk_create(rows_again)
        else:
            _restore(model, step["before"], step["after"])


def _hold(steps: Sequence[dict[str, Any]]) -> None:
    """Lock what is put back in the order in which it was changed: persons before what hangs on
    them, each by key."""
    for step in steps:
        keys = [key for key, _ in step.get("before", ())]
        rows = apps.get_model(step["model"])._base_manager.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def _restore(model: type[Model], before: Sequence[Any], after: dict[str, Any]) -> None:
    keys = [key for key, _ in before]
    rows = model._base_manager.filter(pk__in=keys)
    if rows.filter(**restored(model, after)).count() != len(keys):
        raise Refused(
            "reorganisation.overtaken",
            gettext_noop("Something that it handed over was changed since; it stays as it is."),
        )
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for key, values in before:
        groups[tuple(sorted(restored(model, values).items()))].append(key)
    for values, members in groups.items():
        model._base_manager.filter(pk__in=members).update(**dict(values))
