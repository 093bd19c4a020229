"""What every slice's `api.py` is made of: guards with a scope, pages of rows, writes done once.

The pattern, and how a slice joins: docs/how-to/add-an-endpoint.md.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field as Column
from django.db.models import Model, QuerySet
from ninja import Schema
from ninja.operation import Operation
from ninja.params.functions import Header
from ninja.utils import contribute_operation_args, contribute_operation_callback
from pydantic import AwareDatetime, Field, StringConstraints

from baodao.kernel.authz import Permission
from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.once import once
from baodao.ui.requests import ActorRequest
from baodao.ui.wording import worded

MOST_ROWS = 200
"""Rows of one answer, and rows of one batch."""

REPEATED = "Idempotency-Replayed"

M = TypeVar("M", bound=Model)
T = TypeVar("T")
V = TypeVar("V", bound=Callable[..., Any])


class ApiRequest(ActorRequest):
    """A request by a token: `actor` is its account, narrowed; `auth` the
    `accounts.models.ApiToken` itself; `repeated` is whether a write was answered before. (This
    slice lies below accounts and cannot name the token's class.)"""

    auth: Any
    repeated: bool


class ScopeMissing(Exception):
    """The token was not given what the operation needs, or its account holds it no more (403).

    Raised before any row is looked at: it says nothing about rows.
    """

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission)
        self.permission = permission


class Unknown(Exception):
    """No token, or none that is in force (401); or too many wrong ones from this address (429)."""

    def __init__(self, code: str, message: str, status: int = 401) -> None:
        super().__init__(code)
        self.code, self.message, self.status = code, message, status


class Malformed(Exception):
    """A value of the right form that cannot be read (422)."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Problem(Schema):
    """Every answer that is not 200."""

    code: str = Field(
        description=gettext_noop("What it is, for programs: does not change with the language.")
    )
    message: str = Field(
        description=gettext_noop("What is wrong and what to do, for people: Accept-Language.")
    )
    field: str | None = Field(
        default=None, description=gettext_noop("The field that is wrong, when it is one.")
    )


class Left(Schema):
    """One of a batch that was not done, by name, and why."""

    name: str
    code: str
    message: str


class BatchAnswer(Schema, Generic[T]):
    """What became of each of a batch; each operation gives it a name."""

    done: list[T]
    refused: list[Left]


class Place(Schema):
    """An organisation as it stands in an answer."""

    code: str
    name: str


class PersonBrief(Schema):
    """A person as they stand in an answer: no identity number, no telephone, nothing more."""

    number: str = Field(description=gettext_noop("Volunteer number."))
    name: str


class Page(Schema, Generic[T]):
    """Some rows of a list, in an order that does not change; each list gives it a name."""

    items: list[T]
    next: str | None = Field(
        description=gettext_noop("Send it as `after` for the rows that follow; empty at the end.")
    )


class Cursor(Schema):
    """Which rows of a list."""

    after: str | None = Field(
        default=None,
        max_length=64,
        pattern=r"^[0-9A-Za-z-]+$",
        description=gettext_noop("The `next` of the answer before."),
    )
    limit: int = Field(
        default=50, ge=1, le=MOST_ROWS, description=gettext_noop("At most so many rows.")
    )


_KEY = "idempotency_key"
_KEY_HEADER: Any = Header(
    ...,
    alias="Idempotency-Key",
    description=gettext_noop(
        "A UUID of your own for this write. Send the same again when an answer was lost: it is "
        "done once, and the same answer comes back."
    ),
)

NO_CONTROLS = r"^[^\u0000-\u001f\u007f]*$"
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_CONTROLS)]
"""A sentence on one line."""

Remark = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROLS)]
"""The same, or nothing."""

Text = Annotated[str, StringConstraints(max_length=500, pattern=NO_CONTROLS)]
"""One to a few sentences, on several lines if need be."""

Spot = Annotated[str, StringConstraints(max_length=100, pattern=NO_CONTROLS)]
"""Where or when it is, in words."""

Keyword = Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9a-z-]+$")]
"""A code of a dictionary that places may change, such as the kinds of service."""

Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2099, 12, 31))]
Hour = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2099, 12, 31, tzinfo=UTC)),
]
"""A day, and an instant with its offset from UTC, of this century: others were mistyped."""

Code = Annotated[str, StringConstraints(max_length=32, pattern=r"^[0-9A-Z-]+$")]
"""The code of an organisation: twelve digits of a place, or what an authority gave a unit."""

VolunteerNumber = Annotated[str, StringConstraints(max_length=12, pattern=r"^V[0-9A-Z]+$")]
"""The public identifier of a person."""

Ids = Annotated[list[UUID], Field(min_length=1, max_length=MOST_ROWS)]
"""The rows of one batch."""


class BatchVerdict(Schema):
    """Yes, or no with the reason that each of them reads."""

    approve: bool
    reason: Remark = ""


def answers(schema: Any, *, writes: bool = False) -> dict[Any, Any]:
    """`schema` for 200, and `Problem` for whatever else may come."""
    refusals = {401, 403, 404, 422, 429, 500} | ({409} if writes else set())
    return {200: schema, frozenset(refusals): Problem}


def reading(permission: Permission, *others: Permission) -> Callable[[V], V]:
    """Guard of an operation that reads: the scope it needs, told in the reference as `x-scope`; one
    of the `others` is enough as well."""

    def around(view: V) -> V:
        @wraps(view)
        def guarded(request: ApiRequest, **parts: Any) -> Any:
            _require(request, permission, *others)
            return view(request, **parts)

        contribute_operation_callback(guarded, _telling(permission))
        return guarded  # type: ignore[return-value]  # called like the view

    return around


BEFORE = gettext_noop("As it was read: refused when somebody changed it meanwhile.")
"""What is told of the field `before` of a body that puts something right."""


def check_unchanged(before: Schema, present: Schema) -> None:
    """Refuse to put right what is not as the program read it; `present` is that of a locked row."""
    names = type(before).model_fields
    changed = [name for name in names if getattr(before, name) != getattr(present, name)]
    if changed:
        raise Refused(
            "edit.outdated",
            gettext_noop("Changed meanwhile: %(names)s. Read it again, and decide anew."),
            names=", ".join(changed),
        )


def writing(permission: Permission, *others: Permission) -> Callable[[V], V]:
    """Guard of an operation that writes: its scope, or one of the `others`, and an
    `Idempotency-Key` with which it is done once. The view returns a schema.

    The same key, address and body by the same token give the same answer again. A refusal keeps
    nothing, so that the key may be sent again once the reason is gone.
    """

    def around(view: V) -> V:
        @wraps(view)
        def guarded(request: ApiRequest, **parts: Any) -> dict[str, Any]:
            _require(request, permission, *others)
            key: UUID = parts.pop(_KEY)
            bodies = [value for value in parts.values() if isinstance(value, Schema)]
            sent = {
                "token": str(request.auth.pk),
                "path": request.path,
                "body": [body.model_dump(mode="json") for body in bodies],
            }

            def act() -> dict[str, Any]:
                return cast(Schema, view(request, **parts)).model_dump(mode="json")

            answer, request.repeated = once(request.actor, key, sent, act)
            return answer

        contribute_operation_callback(guarded, _telling(permission))
        contribute_operation_args(guarded, _KEY, UUID, _KEY_HEADER)
        return guarded  # type: ignore[return-value]  # called like the view, with the key beside

    return around


def _require(request: ApiRequest, permission: Permission, *others: Permission) -> None:
    if not any(request.actor.may_somewhere(one) for one in (permission, *others)):
        raise ScopeMissing(permission)


def _telling(permission: Permission) -> Callable[[Operation], None]:
    def tell(operation: Operation) -> None:
        operation.openapi_extra = {**(operation.openapi_extra or {}), "x-scope": permission.value}

    return tell


def page_of(
    rows: QuerySet[M], cursor: Cursor, by: str, item: Callable[[M], T]
) -> dict[str, object]:
    """The rows after the cursor in the order of `by`, a unique column; one query, however many."""
    ordered = rows.order_by(by)
    if cursor.after is not None:
        ordered = ordered.filter(**{f"{by}__gt": _read(rows, by, cursor.after)})
    rows_after = list(ordered[: cursor.limit + 1])
    more = len(rows_after) > cursor.limit
    kept = rows_after[: cursor.limit]
    following = str(getattr(kept[-1], by)) if more else None
    return {"items": [item(row) for row in kept], "next": following}


def _read(rows: QuerySet[M], by: str, after: str) -> Any:
    column = cast("Column[Any, Any]", rows.model._meta.get_field(by))
    try:
        return column.to_python(after)
    except ValidationError as error:
        raise Malformed("after") from error


def left(refused: Iterable[tuple[str, Refused]]) -> list[Left]:
    """Those of a batch who were not done."""
    return [Left(name=name, code=no.code, message=worded(no)) for name, no in refused]


def problem(code: str, message: str, field: str | None = None) -> Mapping[str, str]:
    """The one shape of an error; `message` is in the reader's language already."""
    answer = {"code": code, "message": message}
    return {**answer, "field": field} if field else answer
