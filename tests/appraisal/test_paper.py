"""The card on paper: one sheet, however much a community and a unit may write."""

from baodao.appraisal.rules.life import JUDGEMENT, OPINION
from baodao.appraisal.rules.papers import FEEDBACK_CARD
from baodao.appraisal.rules.ticks import boxes
from baodao.documents.sheets import sheet_of
from baodao.documents.sizes import safe_size
from baodao.orgs.rules.dictionaries import MOST_WORDS, WORD_LENGTH
from tests.documents.facts import facts


def size_with(words: int) -> float | None:
    """The size of type at which a card with so many long kinds of service surely fits."""
    options = [(str(number), "长" * WORD_LENGTH) for number in range(words)]
    item = facts(FEEDBACK_CARD) | {
        "kinds": boxes(options, ["1"]),
        "judgement": "评" * JUDGEMENT,
        "unit_opinion": "意" * OPINION,
        "workplace": "单" * 30,
    }
    return safe_size(sheet_of(FEEDBACK_CARD, item))


def test_the_most_that_may_be_written_stays_on_one_sheet() -> None:
    assert size_with(MOST_WORDS) is not None


def test_twice_as_much_would_not_so_the_limit_is_needed() -> None:
    assert size_with(2 * MOST_WORDS) is None


def test_a_ticked_box_is_ticked_and_the_others_are_empty() -> None:
    assert boxes([("a", "政策宣传"), ("b", "其他")], ["b"]) == ["（　）政策宣传", "（√）其他"]
