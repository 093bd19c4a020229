"""What can be wrong with a row of a roster: each kind with its name and a sentence to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baodao.kernel.errors import gettext_noop
from baodao.people.rules.names import NOT_WHOLE


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """One thing wrong in one row: what (`kind`), where, and a sentence with the remedy.

    `row` is as Excel numbers it, `column` the header as found in the file.
    """

    sheet: str
    row: int
    column: str
    kind: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


MESSAGES: dict[str, str] = {
    "id-missing": gettext_noop("The ID number is missing. Fill it in."),
    "id-masked": gettext_noop(
        "Digits of the ID number are hidden. Take the list with the whole numbers."
    ),
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
    "id-document": gettext_noop(
        "This looks like the number of another document: %(document)s. If the person has an ID "
        "card or a residence permit of 18 characters, write that number; if not, add them by hand "
        "(Roster, Add a member), where this document can be given."
    ),
    "several-people": gettext_noop(
        "This row holds %(count)s people. Give each of them a row of their own."
    ),
    "name-missing": gettext_noop("The name is missing. Fill it in."),
    "name-characters": gettext_noop(
        "The name holds something that is no part of a name, or a character the computer "
        "does not know. Leave only the name in column %(letter)s."
    ),
    "name-not-whole": NOT_WHOLE,
    "phone-invalid": gettext_noop(
        "This is not a telephone number. Write a mobile number of 11 digits, or leave it empty."
    ),
    "date-invalid": gettext_noop(
        "“%(value)s” cannot be read as a date for sure. Write it as 1980.05 or 1980-05-01."
    ),
    "date-order": gettext_noop(
        "Of “%(value)s” day and month can be taken for each other. Say above which day is meant, "
        "or write it as 1980-05-01."
    ),
    "phone-above": gettext_noop(
        "“%(value)s” stands where a telephone should. Say above whether the number of the person "
        "above is meant, or write the number."
    ),
    "joined-before-birth": gettext_noop(
        "The date of joining the Party lies before the date of birth. Check both."
    ),
    "under-age": gettext_noop(
        "The ID number says that the person is not of age. Compare it with the card."
    ),
    "sex-conflict": gettext_noop("The sex differs from what the ID number says. Check both."),
    "birth-conflict": gettext_noop(
        "The date of birth differs from what the ID number says. Check both."
    ),
    "duplicate-in-file": gettext_noop(
        "The same ID number stands in row %(other)s of sheet %(sheet)s. Keep one of the rows."
    ),
    "branch-unknown": gettext_noop(
        "Your unit has no branch “%(branch)s”. Correct the name or add the branch first."
    ),
    "home-unknown": gettext_noop(
        "There is no community “%(value)s” in this city. Correct the name, leave the cell empty, "
        "or say on the page that this column is not used."
    ),
    "status-unknown": gettext_noop(
        "“%(value)s” is not understood. Write 在职, 退休, 借调 or 居住外地; take out people who "
        "have left."
    ),
    "perhaps-died": gettext_noop(
        "“%(value)s”: has this person died? Say so above, for all of whom it is said."
    ),
    "perhaps-left": gettext_noop(
        "“%(value)s”: has this person left? Say so above, for all of whom it is said."
    ),
    "perhaps-struck": gettext_noop(
        "%(value)s is struck through: has this person left? Say so above, for all struck rows."
    ),
    "column-missing": gettext_noop(
        "There is no column “%(field)s” on this sheet. Add it, or say on the page which column "
        "holds it."
    ),
}
FORMS = gettext_noop(
    "“%(field)s” stands in row %(row)s and not at the head of a column: each person of this sheet "
    "has a form or a column of their own. Make a list with the headings in one row and a row for "
    "each person; Excel turns columns into rows when pasting (Transpose)."
)
COLUMN_ROUNDED = gettext_noop(
    "%(count)s ID numbers of this column end in 000: Excel stored them as numbers and lost their "
    "last digits, which this file cannot give back (rows %(rows)s). Set column %(letter)s to text "
    "and copy the numbers anew from where they came."
)
COLUMN_MASKED = gettext_noop(
    "Digits of %(count)s ID numbers of this column are hidden (rows %(rows)s). Take the list with "
    "the whole numbers."
)
COLUMN_DATES = gettext_noop(
    "%(count)s cells of this column, such as “%(value)s”, cannot be read as dates for sure "
    "(rows %(rows)s). Set column %(letter)s to text and write them as 1980.05 or 1980-05-01."
)
COLUMN_ORDER = gettext_noop(
    "Of %(count)s cells of this column, such as “%(value)s”, day and month can be taken for each "
    "other (rows %(rows)s). Say above which day is meant, or write them as 1980-05-01."
)
OF_COLUMNS = {
    "id-masked": COLUMN_MASKED,
    "id-precision-lost": COLUMN_ROUNDED,
    "date-invalid": COLUMN_DATES,
    "date-order": COLUMN_ORDER,
}
"""What is said once of a column if at least half of its cells have this problem."""

NO_NUMBER = gettext_noop("“%(value)s” is no ID number. Fill in the number of the card.")
MARK_DIFFERS = gettext_noop(
    "“%(value)s” beside the name or in a remark says something else than the column. Keep what is "
    "right."
)
REMARKS: dict[str, str] = {
    "phone-others": gettext_noop(
        "Of several telephone numbers %(phone)s is kept, %(others)s is not. If another is to be "
        "kept, leave only that one in the cell."
    ),
    "phone-of-another": gettext_noop(
        "%(others)s belongs to somebody else and is not kept. The person has no telephone number."
    ),
    "name-mark": gettext_noop("“%(value)s” beside the name is not kept."),
    "comment": gettext_noop("A comment on %(place)s says “%(value)s”. It is not kept."),
    "struck-cells": gettext_noop(
        "%(places)s is struck through and was read all the same. Empty what holds no longer."
    ),
    "above": gettext_noop(
        "“%(value)s” is read as what stands above it: %(count)s cells of this column (rows "
        "%(rows)s)."
    ),
    "home-elsewhere": gettext_noop(
        "“%(value)s” is no community of this city; of a person who lives elsewhere it is not kept."
    ),
    "home-of-address": gettext_noop(
        "%(count)s cells of this column name a community of this city (rows %(rows)s). It is kept "
        "as the community where the person lives, and as the address."
    ),
    "exit-kept": gettext_noop("“%(value)s”: taken over as a member all the same, as you said."),
}
"""What is said of a row that is taken over all the same."""

BRANCH_SIMILAR = gettext_noop(
    "Your unit has no branch “%(branch)s”. Is it “%(nearest)s”? Correct the name or add the "
    "branch first."
)
BRANCH_GROUP = gettext_noop(
    "“%(branch)s” is a group within a branch. Write which branch the person belongs to."
)
BRANCH_EMPTY = gettext_noop("The branch is missing. Write which branch the person belongs to.")
NOT_A_MEMBER = gettext_noop(
    "“%(value)s” is not a Party member. Take the row out, or write 正式党员 or 预备党员."
)
OUTSIDER = gettext_noop(
    "This person stands under “%(value)s”: no Party member here. Take the row out, or move it to "
    "the members."
)
HOME_SIMILAR = gettext_noop(
    "There is no community “%(value)s” in this city. Is it “%(nearest)s”? Correct the name, or "
    "leave the cell empty."
)
HOME_SEVERAL = gettext_noop(
    "There are several communities “%(value)s”: %(places)s. Write the street before the name."
)
HOME_CLOSED = gettext_noop(
    "The community “%(value)s” was closed; %(nearest)s took over. Write that name, or leave the "
    "cell empty."
)
DATE_ORDER = gettext_noop(
    "“%(value)s” lies in the future, or full membership begins before joining. Check it."
)
PROBLEM_NAMES: dict[str, str] = {
    "id-missing": gettext_noop("ID number missing"),
    "id-masked": gettext_noop("ID number hidden in part"),
    "id-checksum": gettext_noop("ID number not valid"),
    "id-precision-lost": gettext_noop("ID number lost digits"),
    "id-length": gettext_noop("ID number too long or too short"),
    "id-document": gettext_noop("Another document"),
    "several-people": gettext_noop("Several people in one row"),
    "name-missing": gettext_noop("Name missing"),
    "name-characters": gettext_noop("Name not readable"),
    "name-not-whole": gettext_noop("Name not whole"),
    "phone-invalid": gettext_noop("Telephone not valid"),
    "date-invalid": gettext_noop("Date not readable"),
    "date-order": gettext_noop("Day or month first?"),
    "phone-above": gettext_noop("The telephone above?"),
    "joined-before-birth": gettext_noop("Joined before birth"),
    "under-age": gettext_noop("Not of age by the ID number"),
    "sex-conflict": gettext_noop("Sex contradicts the ID number"),
    "birth-conflict": gettext_noop("Birth contradicts the ID number"),
    "duplicate-in-file": gettext_noop("Twice in this file"),
    "branch-unknown": gettext_noop("Branch unknown"),
    "home-unknown": gettext_noop("Community unknown"),
    "status-unknown": gettext_noop("Status not understood"),
    "perhaps-died": gettext_noop("Died?"),
    "perhaps-left": gettext_noop("Left?"),
    "perhaps-struck": gettext_noop("Struck through: left?"),
    "column-missing": gettext_noop("Column missing"),
}
