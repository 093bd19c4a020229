"""What is wrong with a household of a register, and what to do; such a household is left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baodao.kernel.errors import gettext_noop, ngettext_noop
from baodao.people.rules.names import NOT_WHOLE

WORDS: Mapping[str, str] = {
    "name": gettext_noop("Here no name can be read. Write the name alone, without numbers."),
    "name-missing": gettext_noop("The row has facts of a person and no name. Write it."),
    "name-not-whole": NOT_WHOLE,
    "no-head": gettext_noop(
        "Nobody of this household is its head. Write 户主 under the relation of one person."
    ),
    "two-heads": gettext_noop(
        "Two people of one household are its head. Correct the relation, or give the second a "
        "household of their own."
    ),
    "other-head": gettext_noop(
        "The name under 户主 is not that of the person whose relation is 户主. Correct one of them."
    ),
    "relation": gettext_noop(
        "“%(word)s” is no known relation to the head. Write 配偶, 子, 女, 父, 母, 孙子, 孙女 or "
        "其他."
    ),
    "relation-missing": gettext_noop("Write how this person is related to the head."),
    "born": gettext_noop(
        "No year of birth can be read. Write it with four digits, such as 1956, or the ID number, "
        "of which only the year is taken."
    ),
    "born-range": gettext_noop(
        "Nobody who lives here was born in %(born)s. Write a year from %(first)s to %(last)s."
    ),
    "person-twice": gettext_noop(
        "This household has somebody of this name and year of birth already. Take one row out, or "
        "write what tells the two apart."
    ),
    "many": gettext_noop("A household has at most %(most)s people. Part it into two."),
    "category": gettext_noop(
        "“%(word)s” is none of the difficulties in force here. Write one of those that the "
        "template lists."
    ),
    "grade": gettext_noop(
        "“%(word)s” is no grade of support. Write 重点帮扶, 经常联系 or 一般关注."
    ),
    "grade-twice": gettext_noop("This household has two grades of support. Keep one."),
    "grid": gettext_noop(
        "“%(word)s” is no grid of this community. Write its name as it stands in the tree, or "
        "leave the cell empty."
    ),
    "grid-twice": gettext_noop("This household has two grids. Keep one."),
    "phone": gettext_noop("This is no telephone number. Correct it, or leave the cell empty."),
    "phones": gettext_noop("Several telephone numbers stand in the cell. Keep one."),
    "address-twice": gettext_noop(
        "The rows of this household have several addresses. Keep the one where it is visited."
    ),
    "address-below": gettext_noop(
        "“%(word)s” stands above this row or names its sheet, and it cannot be said how the "
        "address of the row belongs to it. Write the whole address into the row."
    ),
    "gone": gettext_noop(
        "“%(word)s” stands beside this person. Take out the row of who does not live here any "
        "more, or these words."
    ),
    "long": gettext_noop("The words are longer than %(most)s characters. Shorten them."),
    "household.id-number": gettext_noop("An ID number stands in these words. Take it out."),
    "household.phone-number": gettext_noop(
        "A telephone number stands in these words. Take it out; it has a column of its own."
    ),
}
"""By kind: what and what to do. Where it is says the fault."""

NOTES: Mapping[str, tuple[str, str]] = {
    "numbers": ngettext_noop(
        "%(count)s ID number is not kept; of it the year of birth alone is taken where no other "
        "stands.",
        "%(count)s ID numbers are not kept; of them the year of birth alone is taken where no "
        "other stands.",
    ),
    "ages": ngettext_noop(
        "%(count)s year of birth was reckoned of the age and may be one too high or too low.",
        "%(count)s years of birth were reckoned of the age and may be one too high or too low.",
    ),
    "heads": ngettext_noop(
        "%(count)s head of a household has no year of birth and stands in the file by name alone.",
        "%(count)s heads of households have no year of birth and stand in their files by name "
        "alone.",
    ),
    "phones": ngettext_noop(
        "%(count)s telephone of another person than the head is not kept: a file has one.",
        "%(count)s telephones of other people than the head are not kept: a file has one.",
    ),
    "phone-of-other": ngettext_noop(
        "%(count)s household has no telephone of its head; that of another person is taken.",
        "%(count)s households have no telephone of their head; that of another person is taken.",
    ),
    "hardship": ngettext_noop(
        "%(count)s household says not what is hard for it; the difficulties are written there.",
        "%(count)s households say not what is hard for them; the difficulties are written there.",
    ),
    "children": ngettext_noop(
        "%(count)s child under fourteen is left out: the secretary of the community writes of "
        "children.",
        "%(count)s children under fourteen are left out: the secretary of the community writes of "
        "children.",
    ),
}
"""What a table holds and the files do not, or what was reckoned."""


@dataclass(frozen=True)
class HouseholdFault:
    """What is wrong in a row of a sheet, in the column of which field."""

    sheet: str
    row: int
    kind: str
    column: str
    facts: Mapping[str, str] = field(default_factory=dict)
