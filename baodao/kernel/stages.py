"""Rows that have a life: moved from state to state, with the stages they leave behind."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from baodao.kernel import ids
from baodao.kernel.lives import Code, Life

if TYPE_CHECKING:
    _TextField = models.CharField[str, str]
else:
    _TextField = models.CharField


class CodeField(_TextField):
    """A column that holds one of the codes of `codes`; `get_…_display` gives its words.

    Migrations keep the column alone, so that a new code or another word needs none.
    """

    def __init__(self, codes: type[Code] | None = None, **options: Any) -> None:
        if codes is not None:
            options["choices"] = [(code.value, gettext_lazy(code.words)) for code in codes]
        options.setdefault("max_length", 16)
        super().__init__(**options)

    def contribute_to_class(self, cls: type[models.Model], name: str, *options: Any) -> None:
        """Django's own `get_…_display` works out all the words anew for each row."""
        if self.choices:
            display = partial(_words_of, name, dict(self.choices))
            setattr(cls, f"get_{name}_display", lambda row: display(row))
        super().contribute_to_class(cls, name, *options)

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        options.pop("choices", None)
        if isinstance(options.get("default"), Code):
            options["default"] = options["default"].value
        return name, "django.db.models.CharField", args, options


def _words_of(name: str, words: Mapping[Any, Any], row: models.Model) -> Any:
    """The words of the code that a row has in a column; an unknown one stands for itself."""
    code = getattr(row, name)
    return str(words.get(code, code)) if code is not None else None


class Living(models.Model):
    """A row with a `state` that moves through its `life`."""

    life: ClassVar[Life[Any]]
    state: str

    class Meta:
        abstract = True


L = TypeVar("L", bound=Living)


class Stage(models.Model):
    """A period of a row in one state, by the instants at which it was recorded.

    As of T the row is in the stage with `since` < T and (`until` empty or `until` >= T). A model
    that keeps stages has one such table, whose foreign key `subject` names the row with
    `related_name="stages"`. `carried` are columns of the row that it keeps of its time.
    """

    carried: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    state = models.CharField(max_length=16)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                F("subject"), condition=Q(until=None), name="%(class)s_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="%(class)s_until_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.since:%Y-%m-%d %H:%M}"


def stages_of(model: type[Living]) -> type[Any] | None:
    """The table of a model's stages, a `Stage` with its `subject`; None where it keeps none."""
    related = getattr(model, "stages", None)
    return related.rel.related_model if related else None


def begin(rows: Sequence[Living], at: datetime) -> None:
    """Open the stage of the state in which each of these rows of one model was made."""
    stages = stages_of(type(rows[0])) if rows else None
    if stages:
        opened = [
            stages(
                subject_id=row.pk,
                state=row.state,
                since=at,
                **{name: getattr(row, name) for name in stages.carried},
            )
            for row in rows
        ]
        stages._base_manager.bulk_create(opened, batch_size=5_000)


def move(rows: Sequence[Living], to: Code, at: datetime, **columns: object) -> None:
    """Put locked rows of one model into `to`, all or none, with `columns` the same for all.

    Raises the refusal of the first row that may not move. Where the model keeps stages, the open
    one ends at `at` and the next begins.
    """
    for row in rows:
        row.life.move(row.state, to)
    turn(rows, at, state=to, **columns)


def turn(rows: Sequence[Living], at: datetime, **columns: object) -> None:
    """Change columns, the same for all of these locked rows of one model, and let their next stage
    begin at `at`: for what stages carry, while the state stays."""
    if not rows:
        return
    model = type(rows[0])
    keys = [row.pk for row in rows]
    model._base_manager.filter(pk__in=keys).update(**columns)
    for row in rows:
        for name, value in columns.items():
            setattr(row, name, value)
    stages = stages_of(model)
    if stages:
        stages._base_manager.filter(subject__in=keys, until=None).update(until=at)
        begin(rows, at)
