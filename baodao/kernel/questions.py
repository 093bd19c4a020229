"""Questions to the database, of which a page asks many at once.

The way there and back costs more than most answers: what waits on a first page are twenty short
statements. So a slice hands a question over, not its answer, and whoever composes a page asks all
of them in one trip. Each statement stands as its slice wrote it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

T = TypeVar("T")
U = TypeVar("U")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Question(Generic[T]):
    """What is to be asked: statements, each SQL with its parameters, and how the answer is read of
    the rows of each."""

    statements: tuple[tuple[str, tuple[Any, ...]], ...]
    read: Callable[[Sequence[Rows]], T]

    def then(self, read: Callable[[T], U]) -> "Question[U]":
        """The question whose answer is what `read` makes of this one's; it asks nothing itself."""
        return Question(self.statements, lambda rows: read(self.read(rows)))

    def after(self, first: "Question[Any]") -> "Question[T]":
        """The question, behind another in the same trip whose answer nobody needs: it sees what is
        there once that one is done."""
        before = len(first.statements)
        statements = first.statements + self.statements
        return Question(statements, lambda rows: self.read(rows[before:]))

    def answer(self) -> T:
        """Ask it now, all of its statements in one trip."""
        return self.read(_rows(self.statements))


def certain(answer: T) -> Question[T]:
    """A question whose answer is known, where another one would be asked of others."""
    return Question((), lambda _: answer)


def together(build: Callable[..., T], **questions: Question[Any]) -> Question[T]:
    """One question of several: `build` is called with the answer of each by its name."""

    def read(rows: Sequence[Rows]) -> T:
        left = iter(rows)
        return build(
            **{
                name: one.read([next(left) for _ in one.statements])
                for name, one in questions.items()
            }
        )

    return Question(tuple(sql for one in questions.values() for sql in one.statements), read)


def _rows(statements: Sequence[tuple[str, tuple[Any, ...]]]) -> list[Rows]:
    """The rows of each. Several are one text to the database: it rests on parameters being written
    into it here, as Django has it unless told otherwise."""
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            ";\n".join(sql for sql, _ in statements),
            [value for _, parameters in statements for value in parameters],
        )
        rows = [cursor.fetchall()]
        while cursor.nextset():
            rows.append(cursor.fetchall())
    return rows
