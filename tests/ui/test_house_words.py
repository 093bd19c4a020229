"""What is wrong with a field is said in the house's words, in every form of the project."""

import gettext
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django
from django import forms
from django.utils import translation

from tests.architecture.source import PACKAGE

DJANGO = Path(django.__file__).parent / "conf" / "locale"
LIMITS = {"limit_value": 2, "show_value": 3}


def forms_below(form: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in form.__subclasses__():
        yield one
        yield from forms_below(one)


def every_form() -> list[type[forms.BaseForm]]:
    """The forms that stand in the modules of the project."""
    for pattern in ("*/forms.py", "*/forms/*.py", "*/views.py", "*/views/*.py"):
        for file in PACKAGE.glob(pattern):
            parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
            import_module(".".join(part for part in parts if part != "__init__"))
    return [one for one in forms_below(forms.BaseForm) if one.__module__.startswith("baodao.")]


def words_of(field: forms.Field) -> set[str]:
    """All that a field can say of what was typed, in the language that is on."""
    told = [getattr(one, "message", "") for one in field.validators]
    plain = {str(words) for words in [*field.error_messages.values(), *told] if not counts(words)}
    return plain | {str(words % LIMITS) for words in told if counts(words)}


def counts(words: object) -> bool:
    """Whether it is worded by a number."""
    return hasattr(words, "_translate")


def foreign_words() -> set[str]:
    """The same in Django's own Chinese."""
    known = gettext.translation("django", DJANGO, ["zh_Hans"])._catalog  # type: ignore[attr-defined]
    texts = {text for text in known.values() if text}
    return texts | {text % LIMITS for text in texts if "%(show_value)d" in text}


def test_no_form_speaks_in_words_that_are_not_of_the_house() -> None:
    found, foreign = every_form(), foreign_words()
    assert len(found) > 80
    with translation.override("zh-hans"):
        spoken = {
            f"{form.__qualname__}.{name}": words_of(field) & foreign
            for form in found
            for name, field in form.base_fields.items()
        }
    assert {place: words for place, words in spoken.items() if words} == {}
