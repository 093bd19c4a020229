"""The official forms that the slices register, by their codes."""

from collections.abc import Callable, Collection

from baodao.documents.fields import Issuer
from baodao.documents.form import Form
from baodao.kernel.errors import Refused, gettext_noop
from baodao.ui.facts import register_words

FORMS: dict[str, Form] = {}
"""Every form by its code, as the slices have registered them."""

LayoutFinder = Callable[[str, Collection[Issuer]], bytes | None]
_FINDERS: list[LayoutFinder] = []


def register_layouts(finder: LayoutFinder) -> None:
    """Say who finds the Word layouts that organisations keep for papers."""
    _FINDERS.append(finder)


def own_layout(form: str, issuers: Collection[Issuer]) -> bytes | None:
    """The Word layout that the issuers of papers of one form kept for them; None for ours."""
    return next((layout for finder in _FINDERS if (layout := finder(form, issuers))), None)


def register_forms(*forms: Form) -> None:
    """Add a slice's forms. Raises `ValueError` for a code that is there already."""
    for form in forms:
        if form.code in FORMS:
            raise ValueError(f"two forms have the code {form.code}")
        FORMS[form.code] = form
    register_words("form", {form.code: form.title for form in forms})


def papers() -> list[Form]:
    """The forms of units and communities; reports about the site are not among them."""
    return [form for form in FORMS.values() if not form.site]


def form_of(code: str) -> Form:
    """The form with `code`; refused when there is none."""
    if code not in FORMS:
        raise Refused(
            "form.unknown",
            gettext_noop("There is no form “%(form)s”. Choose one of: %(forms)s."),
            form=code,
            forms=", ".join(FORMS),
        )
    return FORMS[code]
