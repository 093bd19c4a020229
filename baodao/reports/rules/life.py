"""The life of a report, and what keeps people's own words when its figures are counted anew."""

from collections.abc import Mapping
from dataclasses import dataclass

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life

MOST_PART = 4_000
"""The longest part of a report, in characters."""


class ReportState(Code):
    """草稿, 已报送, 已退回, 已更新, 不再报送."""

    DRAFT = "draft", gettext_noop("Draft")
    SUBMITTED = "submitted", gettext_noop("Submitted")
    RETURNED = "returned", gettext_noop("Returned")
    REPLACED = "replaced", gettext_noop("Replaced by a newer version")
    ASIDE = "aside", gettext_noop("Not submitted any more")


class RoundPart(Code):
    """Which units of a round: 待签收, 逾期未报送, 未报送, 已收到."""

    WAITING = "waiting", gettext_noop("to be acknowledged")
    OVERDUE = "overdue", gettext_noop("overdue, not submitted")
    OWED = "owed", gettext_noop("not submitted")
    HERE = "here", gettext_noop("here")


REPORT = Life(
    "report",
    moves={
        ReportState.DRAFT: {ReportState.SUBMITTED, ReportState.ASIDE},
        ReportState.SUBMITTED: {ReportState.RETURNED, ReportState.REPLACED},
        ReportState.RETURNED: {ReportState.REPLACED, ReportState.ASIDE},
        ReportState.REPLACED: (),
        ReportState.ASIDE: (),
    },
    refusals={
        ReportState.DRAFT: gettext_noop("The report is a draft still; submit it first."),
        ReportState.SUBMITTED: gettext_noop(
            "The report is submitted and stays as it is; draw up a new version."
        ),
        ReportState.RETURNED: gettext_noop(
            "The report was returned with remarks; draw up a new version."
        ),
        ReportState.REPLACED: gettext_noop("A newer version has replaced this report."),
        ReportState.ASIDE: gettext_noop(
            "The organisation was reorganised; this report is not submitted any more."
        ),
    },
)

OUT = (ReportState.SUBMITTED, ReportState.RETURNED)
"""What receivers have before them."""


STORIES: dict[str, str] = {
    "report.drafted": gettext_noop("Drawn up from the figures"),
    "report.counted": gettext_noop("Figures counted anew"),
    "report.submitted": gettext_noop("Submitted as %(number)s, signed by %(signer)s"),
    "report.acknowledged": gettext_noop("Acknowledged by %(receiver)s"),
    "report.acknowledgement-undone": gettext_noop("Acknowledgement by %(receiver)s undone"),
    "report.returned": gettext_noop("Returned by %(receiver)s"),
    "report.replaced": gettext_noop("Replaced by a newer version"),
}
"""What the journal's verbs say in the timeline of a report."""


def tidy(words: str) -> str:
    """The words of a part: lines without outer spaces, none of them empty."""
    lines = (line.strip() for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def check_part(words: str) -> str:
    """The words of a part as they are kept; refused when too long."""
    kept = tidy(words)
    if len(kept) > MOST_PART:
        raise Refused(
            "report.part-too-long",
            gettext_noop("Keep each part to at most %(most)s characters."),
            most=MOST_PART,
        )
    return kept


def check_same(present: str, before: str, words: str) -> None:
    """Another's words of a part, written since it was seen, are not overwritten."""
    if present not in (tidy(before), words):
        raise Refused(
            "report.part-overwritten",
            gettext_noop(
                "Somebody else changed this part meanwhile, and yours is not saved. Copy what you "
                "wrote, reload the page and put both together."
            ),
        )


def check_signer(signer: str) -> str:
    """Who signs; refused when nobody is named."""
    name = " ".join(signer.split())
    if not name:
        raise Refused("report.signer", gettext_noop("Name who signs the report."))
    return name


def check_whole(text: str) -> None:
    """Refuse to submit a report that says nothing."""
    if not text.strip():
        raise Refused(
            "report.empty",
            gettext_noop("The report says nothing yet: figures bear no sentence. Write a part."),
        )


@dataclass(frozen=True)
class PartChange:
    """A sentence of figures that reads otherwise since own words were written; `at_once` where the
    own words had it unchanged, so that it was put anew there."""

    was: str
    now: str
    at_once: bool


def merge_words(
    own: str, base: Mapping[str, str], now: Mapping[str, str]
) -> tuple[str, list[PartChange]]:
    """Own words of a part after its figures were counted anew: what they left as the figures said
    it is put anew, what they said otherwise stays and the change is told."""
    words, changes = own, []
    for code in dict.fromkeys((*base, *now)):
        was, fresh = base.get(code, ""), now.get(code, "")
        if was == fresh:
            continue
        at_once = not was or was in words
        if not was:
            words = f"{words}\n{fresh}"
        elif at_once:
            words = words.replace(was, fresh, 1)
        changes.append(PartChange(was, fresh, at_once))
    return tidy(words), changes


def check_receivers(count: int) -> None:
    """Refuse to submit where nobody receives it."""
    if not count:
        raise Refused(
            "report.nobody",
            gettext_noop(
                "Nobody receives this report: there is neither an authority above nor a partner. "
                "Settle with whom you are partners first."
            ),
        )


def check_written(*, open_still: bool) -> None:
    """Refuse to give back what nobody would write anew."""
    if not open_still:
        raise Refused(
            "report.writer-closed",
            gettext_noop(
                "Who wrote this report was closed since, and nobody writes it anew: it stays as it "
                "was submitted. Acknowledge it."
            ),
        )


def check_receipt(*, waits: bool) -> None:
    """Refuse to acknowledge twice."""
    if not waits:
        raise Refused("report.acknowledged", gettext_noop("This was acknowledged already."))
