"""评优 and 民主评议: what is judged, in which words, and the lives of rounds and objections.

民主评议意见 and 取消评先评优资格 are of S4 (《在职党员社区报到管理办法》 四), 服务之星, 最美在职
党员 and 共驻共建先进党组织 of S1 and S4. Nothing here ranks: a verdict is a word,
never a place in an order.
"""

from baodao.kernel.errors import gettext_noop
from baodao.kernel.lives import Code, Life
from baodao.orgs.rules.tree import Kind


class HonourKind(Code):
    """What a round judges."""

    REVIEW = "review", gettext_noop("Democratic appraisal of members")
    ELIGIBILITY = "eligibility", gettext_noop("Eligibility for honours")
    STAR = "star", gettext_noop("Star of service")
    FINEST = "finest", gettext_noop("Finest member in service")
    PARTNER = "partner", gettext_noop("Outstanding partner organisation")
    RATING = "rating", gettext_noop("Star grade of volunteers")


OF_EVERYBODY = (HonourKind.REVIEW, HonourKind.ELIGIBILITY, HonourKind.RATING)
"""A word on each member, proposed from the results of the adopted policy."""
BY_NAME = (HonourKind.STAR, HonourKind.FINEST, HonourKind.PARTNER)
"""Who is named by somebody, and voted on where one likes."""

_HERE = (HonourKind.STAR, HonourKind.FINEST)
KINDS_AT: dict[Kind, tuple[HonourKind, ...]] = {
    Kind.UNIT: (HonourKind.REVIEW, HonourKind.ELIGIBILITY, HonourKind.RATING, *_HERE),
    Kind.COMMUNITY: (*_HERE, HonourKind.PARTNER, HonourKind.RATING),
    Kind.STREET: (*_HERE, HonourKind.PARTNER),
    Kind.DISTRICT: (*_HERE, HonourKind.PARTNER),
    Kind.CITY: (*_HERE, HonourKind.PARTNER),
}
"""Which rounds an organisation holds: the word on each member is its unit's."""


class HonourVerdict(Code):
    """The words that a named person signs."""

    EXCELLENT = "excellent", gettext_noop("Excellent")
    QUALIFIED = "qualified", gettext_noop("Qualified")
    BASIC = "basic", gettext_noop("Basically qualified")
    UNQUALIFIED = "unqualified", gettext_noop("Not qualified")
    ELIGIBLE = "eligible", gettext_noop("Eligible")
    BARRED = "barred", gettext_noop("Not eligible in this period")
    CHOSEN = "chosen", gettext_noop("Honoured")
    PASSED_OVER = "passed-over", gettext_noop("Not honoured this time")


V = HonourVerdict
_HONOUR = (V.CHOSEN, V.PASSED_OVER)
VERDICTS: dict[HonourKind, tuple[HonourVerdict, ...]] = {
    HonourKind.REVIEW: (V.EXCELLENT, V.QUALIFIED, V.BASIC, V.UNQUALIFIED),
    HonourKind.ELIGIBILITY: (V.ELIGIBLE, V.BARRED),
    **dict.fromkeys((*BY_NAME, HonourKind.RATING), _HONOUR),
}
POSITIVE = frozenset({V.EXCELLENT, V.QUALIFIED, V.ELIGIBLE, V.CHOSEN})
"""What is shown in public. Of anybody else the list says nothing, and never why."""


class HonourState(Code):
    """Where a round stands."""

    DRAFT = "draft", gettext_noop("Proposals are looked at")
    VOTE = "vote", gettext_noop("Being voted on")
    PUBLIC = "public", gettext_noop("In publicity")
    FINAL = "final", gettext_noop("Final list issued")
    WITHDRAWN = "withdrawn", gettext_noop("Round withdrawn")


S = HonourState
HONOUR_ROUND: Life[HonourState] = Life(
    "honour-round",
    moves={
        S.DRAFT: {S.VOTE, S.PUBLIC, S.WITHDRAWN},
        S.VOTE: {S.DRAFT, S.WITHDRAWN},
        S.PUBLIC: {S.FINAL, S.WITHDRAWN},
        S.FINAL: {S.WITHDRAWN},
        S.WITHDRAWN: (),
    },
    refusals={
        S.DRAFT: gettext_noop("The proposals of this round are still being looked at."),
        S.VOTE: gettext_noop("This round is being voted on; close the vote first."),
        S.PUBLIC: gettext_noop("The list of this round is in publicity already."),
        S.FINAL: gettext_noop("The final list is issued; put it right by a correction."),
        S.WITHDRAWN: gettext_noop("This round was withdrawn; begin a new one."),
    },
    over=(S.FINAL, S.WITHDRAWN),
)
SEEN = (S.PUBLIC, S.FINAL)
"""While it stands so, whoever is in scope reads its list."""


class HonourObjectionState(Code):
    """What became of an objection."""

    OPEN = "open", gettext_noop("Waits for an answer")
    UPHELD = "upheld", gettext_noop("Objection upheld")
    DISMISSED = "dismissed", gettext_noop("Objection not upheld")


O = HonourObjectionState  # noqa: E741 - as the letters of the other lives
SIGNABLE = (S.DRAFT, S.FINAL)
"""In which a word is signed, or corrected."""

HONOUR_OBJECTION: Life[HonourObjectionState] = Life(
    "honour-objection",
    moves={O.OPEN: {O.UPHELD, O.DISMISSED}, O.UPHELD: (), O.DISMISSED: ()},
    refusals={
        O.OPEN: gettext_noop("An objection still waits for its answer."),
        O.UPHELD: gettext_noop("This objection was answered already."),
        O.DISMISSED: gettext_noop("This objection was answered already."),
    },
)


class RulingBasis(Code):
    """On what a verdict rests: signed as it was proposed, changed by who signed, after an
    objection, put right after the final list, kept though the records of its time say otherwise
    now."""

    SIGNED = "signed", gettext_noop("Signed as proposed")
    CHANGED = "changed", gettext_noop("Signed with a change")
    OBJECTION = "objection", gettext_noop("Changed after an objection")
    CORRECTION = "correction", gettext_noop("Corrected after the final list")
    KEPT = "kept", gettext_noop("Kept after records changed")
