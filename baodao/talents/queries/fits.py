"""Whom of a community's talents something fits, by the words from which members choose too."""

from collections.abc import Sequence
from typing import NamedTuple

from baodao.kernel.authz import Actor
from baodao.kernel.choice_lists import ChoiceList
from baodao.ledger.queries.categories import category_words
from baodao.needs.models import Need
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.orgs.queries.tree import standing_of
from baodao.people.facts import Fitness
from baodao.people.queries.choices import lists_by
from baodao.talents.models import Talent
from baodao.talents.queries.talents import in_order, talents_in
from baodao.talents.rules.talents import TalentState
from baodao.ui.wording import word_of

SHORTEST = 2
"""Characters of a word by which somebody is found."""

MOST = 30
"""So many are shown; the list of talents has all of them."""


class FittingTalent(NamedTuple):
    """A talent, and which of the words that are sought they know."""

    talent: Talent
    words: tuple[str, ...]


def fitting_talents(actor: Actor, place: Organisation, *texts: str) -> Sequence[FittingTalent]:
    """Talents who know one of the words that the texts speak of, in the list of the community that
    does a place's work now; nobody for who does not keep that list."""
    community = standing_of(place)
    skills = lists_by(values_at(community.path))[Fitness.SKILL]
    text = "\n".join(texts)
    rows = in_order(talents_in(actor, community).filter(state=TalentState.LISTED))
    known = ((row, _known(skills, row, text)) for row in rows)
    return [FittingTalent(row, words) for row, words in known if words][:MOST]


def _known(skills: ChoiceList, talent: Talent, text: str) -> tuple[str, ...]:
    """The words of the list of which both speak, then what the talent wrote beside the list and the
    text has word for word."""
    words = skills.within(f"{talent.skills}、{talent.words}") & skills.within(text)
    own = (piece for piece in skills.read(talent.skills).rest if len(piece) >= SHORTEST)
    return (*sorted(words), *(piece for piece in own if piece in text and piece not in words))


def talents_for(actor: Actor, need: Need) -> Sequence[FittingTalent]:
    """Whom a need fits: by its words, what was ordered and its kind of service."""
    item = need.item.title if need.item else ""
    kind = word_of(category_words(need.community), need.category)
    return fitting_talents(actor, need.community, need.text, item, kind)
