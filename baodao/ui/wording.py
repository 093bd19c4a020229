"""A refusal in the reader's language."""

from django.utils.translation import gettext

from baodao.kernel.errors import Refused


def worded(refused: Refused) -> str:
    """What is wrong and what to do, translated, its places filled; facts are translated too when
    they are message ids themselves."""
    facts = {
        key: gettext(value) if isinstance(value, str) and value else value
        for key, value in refused.facts.items()
    }
    sentence = gettext(refused.message)
    return sentence % facts if facts else sentence
