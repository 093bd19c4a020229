"""What is wrong with a row beside what units hold, each kind with its name and what to do."""

from baodao.kernel.errors import gettext_noop
from baodao.rostersheets.rules import problems

MESSAGES: dict[str, str] = {
    "duplicate-held": gettext_noop(
        "This person is registered as a member of another unit. If they have moved to you, let "
        "that unit transfer them; if not, take the row out."
    ),
    "reading-stopped": gettext_noop(
        "The file was taken up to this row: %(count)s people of your files of today belong to "
        "other units. Mend those rows, or take them out, and upload the file once more."
    ),
    "same-person": gettext_noop(
        "Is this a member you have already? One of this name, birthday and telephone has another "
        "ID number. If so, correct the number on the member's page; if not, add this person by "
        "hand."
    ),
}
PROBLEM_NAMES: dict[str, str] = {
    **problems.PROBLEM_NAMES,
    "duplicate-held": gettext_noop("Member of another unit"),
    "reading-stopped": gettext_noop("Too many members of other units"),
    "same-person": gettext_noop("Perhaps a member already"),
}
"""Those of what is wrong in the sheets themselves included."""
