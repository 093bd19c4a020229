"""What a report that was asked for costs who is asked, and what was spared them."""

from dataclasses import dataclass
from uuid import UUID

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code

LONGEST_WHAT, LONGEST_TITLE = 40, 60


class BurdenKind(Code):
    """被要求报送, 手填项, 系统填好的数字, 拒绝的重复要求."""

    FORM = "form", gettext_noop("A form to fill in")
    FIELD = "field", gettext_noop("A field typed")
    FIGURE = "figure", gettext_noop("A figure filled in from the records")
    DOUBLE = "double", gettext_noop("Asked twice, and refused")


@dataclass(frozen=True)
class BurdenNote:
    """One thing that happened to an organisation: `about` is the request that stands, `title` what
    it is called, `authority` who asked, `what` the field or the figure."""

    organisation_id: int
    kind: BurdenKind
    about: UUID
    title: str
    authority: str
    what: str = ""
