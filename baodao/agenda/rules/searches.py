"""What a member looks for among the services that they may claim."""

from dataclasses import dataclass

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code


class FindTime(Code):
    """When a service is to be: soon, on days off, or as a standing post."""

    WEEK = "week", gettext_noop("Within a week")
    WEEKEND = "weekend", gettext_noop("At the weekend")
    STANDING = "standing", gettext_noop("Standing posts")


@dataclass(frozen=True)
class OfferSearch:
    """A kind of offer by its code, a `FindTime`, and words; each empty for all. A code that nothing
    has matches nothing."""

    kind: str = ""
    time: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is looked for."""
        return not (self.kind or self.time or self.words)
