"""What was built on the services of an imported table, so that it cannot be undone as a whole."""

from dataclasses import dataclass

from baodao.kernel.errors import Refused, gettext_noop, ngettext_noop


@dataclass(frozen=True)
class ImportObstacles:
    """How many of a table's services were corrected since, how many have an objection that waits,
    and how many record sheets have printed some of them."""

    corrected: int = 0
    disputed: int = 0
    printed: int = 0

    def lines(self) -> list[tuple[int, tuple[str, str]]]:
        """What stands in the way: the number, and the message ids of one and of many."""
        every = (
            (
                self.corrected,
                ngettext_noop(
                    "%(count)s service was corrected since: reverse the correction first.",
                    "%(count)s services were corrected since: reverse the corrections first.",
                ),
            ),
            (
                self.disputed,
                ngettext_noop(
                    "%(count)s objection waits for an answer: answer it first.",
                    "%(count)s objections wait for an answer: answer them first.",
                ),
            ),
            (
                self.printed,
                ngettext_noop(
                    "%(count)s record sheet has printed some of them: reverse the wrong services "
                    "one by one instead.",
                    "%(count)s record sheets have printed some of them: reverse the wrong services "
                    "one by one instead.",
                ),
            ),
        )
        return [(count, words) for count, words in every if count]


def check_recorded(*, applied: bool, undone: bool) -> None:
    """Refuse to undo what was not recorded, or was undone already."""
    if not applied:
        raise Refused("import.not-applied", gettext_noop("This table was not recorded."))
    if undone:
        raise Refused("import.undone", gettext_noop("This table was undone already."))


def check_unbuilt(obstacles: ImportObstacles) -> None:
    """Refuse to undo what was built upon."""
    if obstacles.lines():
        raise Refused(
            "import.built-upon",
            gettext_noop("Something was built on this table; it cannot be undone as a whole."),
        )
