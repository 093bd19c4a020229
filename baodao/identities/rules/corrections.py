"""A wrong identity number is put right by two: one proposes it, another confirms it."""

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import Code, Life, check_length

SHORTEST_EVIDENCE, MOST_EVIDENCE = 4, 200


class CorrectionState(Code):
    """待核对, 已更正, 未采纳."""

    PROPOSED = "proposed", gettext_noop("Waiting for a second person")
    CONFIRMED = "confirmed", gettext_noop("Number put right")
    DECLINED = "declined", gettext_noop("Not put right")


CORRECTION = Life(
    "correction",
    moves={
        CorrectionState.PROPOSED: {CorrectionState.CONFIRMED, CorrectionState.DECLINED},
        CorrectionState.CONFIRMED: (),
        CorrectionState.DECLINED: (),
    },
    refusals={
        CorrectionState.PROPOSED: gettext_noop(
            "A correction of this number waits for a second person."
        ),
        CorrectionState.CONFIRMED: gettext_noop("The number was put right already."),
        CorrectionState.DECLINED: gettext_noop(
            "The correction was not confirmed; propose it once more."
        ),
    },
)


def check_evidence(evidence: str) -> str:
    """What the new number was read from; refused when it says nothing."""
    words = evidence.strip()
    if len(words) < SHORTEST_EVIDENCE:
        raise Refused(
            "correction.evidence",
            gettext_noop(
                "Say what the number was read from, such as the identity card, in at least "
                "%(least)s characters."
            ),
            least=SHORTEST_EVIDENCE,
        )
    return check_length(words, MOST_EVIDENCE, "correction.evidence-long")
