"""What a roster file says: rows that can be taken over, and problems with reason and remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from baodao.kernel.errors import gettext_noop
from baodao.people.rules.standing import Grade, Standing


class RosterRow(NamedTuple):
    """The facts of one person as read from one row.

    A tuple, not a dataclass: a hundred thousand of them are made and compared at once. What the
    file does not say is "" or None.
    """

    sheet: str
    row: int
    name: str
    id_number: str
    sex: str
    born_on: date
    phone: str
    joined_on: date | None
    full_on: date | None
    grade: Grade | None
    standing: Standing | None
    branch: str
    lives_in_city: bool | None
    position: str
    specialty: str
    interests: str
    address: str
    ethnicity: str
    education: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one row: what (`kind`), where, and a sentence with the remedy.

    `row` is as Excel numbers it, `column` the header as found in the file.
    """

    sheet: str
    row: int
    column: str
    kind: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet that was not read, and why: `hidden`, `empty` or `no-header`."""

    sheet: str
    reason: str


@dataclass
class Judged:
    """A whole file, read and judged. `rows` are those without a problem.

    `branches` maps what is the same branch to its first spelling; `columns` each fact to its
    header and `titles` are all headers. `seen` holds every valid ID number and where it stands
    first; `unclear` the names of people whose ID number could not be read.
    """

    rows: list[RosterRow] = field(default_factory=list)
    people: int = 0
    in_service: int = 0
    branches: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[SkippedSheet] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)


MESSAGES: dict[str, str] = {
    "id-missing": gettext_noop("The ID number is missing. Fill it in."),
    "id-checksum": gettext_noop(
        "The ID number is not valid: its check digit or its date of birth is wrong. "
        "Compare it with the card."
    ),
    "id-precision-lost": gettext_noop(
        "Excel stored the ID number as a number and lost its last digits. "
        "Set the column %(letter)s to text and type the number again."
    ),
    "id-length": gettext_noop(
        "The ID number has %(length)s characters instead of 18. Compare it with the card."
    ),
    "name-missing": gettext_noop("The name is missing. Fill it in."),
    "name-characters": gettext_noop(
        "The name holds something that is no part of a name, or a character the computer "
        "does not know. Leave only the name in column %(letter)s."
    ),
    "phone-invalid": gettext_noop(
        "This is not a telephone number. Write a mobile number of 11 digits, or leave it empty."
    ),
    "date-invalid": gettext_noop(
        "“%(value)s” cannot be read as a date for sure. Write it as 1980.05 or 1980-05-01."
    ),
    "joined-before-birth": gettext_noop(
        "The date of joining the Party lies before the date of birth. Check both."
    ),
    "sex-conflict": gettext_noop("The sex differs from what the ID number says. Check both."),
    "birth-conflict": gettext_noop(
        "The date of birth differs from what the ID number says. Check both."
    ),
    "duplicate-in-file": gettext_noop(
        "The same ID number stands in row %(other)s of sheet %(sheet)s. Keep one of the rows."
    ),
    "duplicate-held": gettext_noop(
        "%(name)s is held by another unit, %(unit)s. If the person has moved, let that unit "
        "transfer them; if not, take the row out."
    ),
    "branch-unknown": gettext_noop(
        "Your unit has no branch “%(branch)s”. Correct the name or add the branch first."
    ),
    "status-unknown": gettext_noop(
        "“%(value)s” is not understood. Write 在职, 退休, 借调 or 居住外地; take out people who "
        "have left."
    ),
    "column-missing": gettext_noop(
        "There is no column “%(field)s” on this sheet. Add it, or say on the page which column "
        "holds it."
    ),
}
BRANCH_SIMILAR = gettext_noop(
    "Your unit has no branch “%(branch)s”. Is it “%(nearest)s”? Correct the name or add the "
    "branch first."
)
BRANCH_EMPTY = gettext_noop("The branch is missing. Write which branch the person belongs to.")
NOT_A_MEMBER = gettext_noop(
    "“%(value)s” is not a Party member. Take the row out, or write 正式党员 or 预备党员."
)
DATE_ORDER = gettext_noop(
    "“%(value)s” lies in the future, or full membership begins before joining. Check it."
)
FIELD_LABELS: dict[str, str] = {
    "name": "姓名",
    "id_number": "身份证号",
    "branch": "所在党支部",
}
