"""The catalogue: every kind has a sentence, a topic and a Chinese, and knows whether it asks."""

import re
from uuid import UUID

import pytest
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext, ngettext

from baodao.notices.rules.catalogue import (
    KINDS,
    Topic,
    hidden_kinds,
    kinds_of,
    register_kinds,
    reminder_kinds,
    topics_in_use,
)
from baodao.ui.wording import filled

PLACES = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_the_same_facts_in_both_languages(kind: str) -> None:
    sentence = KINDS[kind].sentence
    forms = (sentence,) if isinstance(sentence, str) else sentence
    with translation.override("zh-hans"):
        chinese = gettext(sentence) if isinstance(sentence, str) else ngettext(*sentence, 1)
    assert chinese not in forms
    for form in forms:
        assert set(PLACES.findall(chinese)) == set(PLACES.findall(form))


def test_what_counts_is_told_of_one_as_of_one() -> None:
    counting = {
        name: row.sentence for name, row in KINDS.items() if "(count)s" in str(row.sentence)
    }
    assert [name for name, sentence in counting.items() if isinstance(sentence, str)] == []
    facts = {"community": "柳荫社区"}
    with translation.override("en"):
        words = [filled(counting["feedback-arrived"], {**facts, "count": n}) for n in (1, 2)]
    assert [" card. " in words[0], " cards. " in words[1]] == [True, True]


def test_each_kind_leads_to_a_page_and_shows_no_code() -> None:
    """What tells of organisations leads nowhere; of claims, offers, opinions and transfers each
    message names its page."""
    silent = {kind for kind, row in KINDS.items() if not row.url}
    spoken = ("organisation-", "partner-", "claim-", "exit-", "offer-", "transfer")
    spoken += ("allocation-ended", "opinion-")
    assert [kind for kind in sorted(silent) if not kind.startswith(spoken)] == []
    for row in KINDS.values():
        if row.url:
            resolve(row.url.partition("?")[0] % {"about": UUID(int=1)})
        assert "%(code)s" not in str(row.sentence)


def test_a_name_is_given_once() -> None:
    known = KINDS["letter-issued"]
    with pytest.raises(ValueError, match="two kinds of notices are called letter-issued"):
        register_kinds(known)


def test_a_reminder_asks_and_never_stays() -> None:
    assert "reminder-present" in reminder_kinds()
    assert "letter-issued" not in reminder_kinds()
    assert [kind for kind in reminder_kinds() if KINDS[kind].stays] == []


def test_a_topic_turned_off_hides_its_kinds_but_never_a_decision() -> None:
    hidden = hidden_kinds({"registration"})
    assert "reminder-present" in hidden
    assert "registration-accepted" in hidden
    assert "registration-returned" not in hidden
    assert hidden_kinds(set()) == []
    assert set(hidden) <= set(kinds_of("registration"))
    assert hidden_kinds(["claims"]) == [
        kind for kind in kinds_of("claims") if not KINDS[kind].stays
    ]


def test_only_topics_with_something_to_say_are_offered() -> None:
    assert Topic.REGISTRATION in topics_in_use()
    assert [topic for topic in topics_in_use() if not kinds_of(topic)] == []
