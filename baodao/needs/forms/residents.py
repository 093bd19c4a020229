"""What a resident types without an account, and the code by which a request is found."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from baodao.needs.queries.residents import just_asked
from baodao.needs.rules.life import REMARK, opening_of
from baodao.needs.rules.policies import KEPT_DAYS
from baodao.needs.rules.requests import (
    ASKER,
    CONSENT,
    LONGEST,
    PLACE,
    NeedFacts,
    NeedSource,
    Urgency,
)
from baodao.orgs.models import Organisation
from baodao.orgs.queries.policies import values_at
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.forms import AnotherForm
from baodao.ui.wording import code_choices

UNSORTED = "other"
"""The category of what a resident asks, until the community screens it."""


class AskForm(AnotherForm):
    """Only the text is needed; what was sent in the same words a moment ago is asked about.
    `website` is hidden: whoever fills it is no person."""

    question = gettext_lazy(
        "The same was sent a few minutes ago: %(others)s. It is there, under the code that was "
        "shown. If this is another, tick it and send it."
    )
    text = forms.CharField(
        label=gettext_lazy("What do you need help with?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One or two sentences are enough."),
    )
    place = forms.CharField(
        label=gettext_lazy("Where is it?"),
        max_length=PLACE,
        required=False,
        help_text=gettext_lazy("For example: building 3, entrance 2. May stay empty."),
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon?"),
        choices=partial(code_choices, Urgency),
        widget=forms.RadioSelect,
        initial=Urgency.NORMAL,
    )
    asker = forms.CharField(
        label=gettext_lazy("What should we call you?"),
        max_length=ASKER,
        required=False,
        help_text=gettext_lazy("May stay empty."),
    )
    phone = PhoneField(
        label=gettext_lazy("Your telephone"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "I agree that the community keeps my telephone for this request alone, and tells it to "
            "who comes to help"
        ),
        required=False,
        help_text=gettext_lazy("Tick this only if you leave a telephone."),
    )
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    def __init__(self, *args: Any, community: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = gettext(
            "May stay empty: the answer is found with the code that you get. If you leave it, the "
            "community can ask back. It is forgotten %(time)s after the end of your request."
        ) % {"time": values_at(community.path).words(KEPT_DAYS)}
        place, asker = (self._typed(name) for name in ("place", "asker"))
        sent = just_asked(community, self._words(), place, asker).filter(source=NeedSource.LINK)
        again = self.is_bound and sent.exists()
        self.ask([opening_of(self._words())] if again else ())

    def _typed(self, name: str) -> str:
        return str(self.data.get(name, "")).strip()

    def _words(self) -> str:
        """The text that is kept of it."""
        return self._typed("text")

    def clean_website(self) -> str:
        """Nobody who reads the page fills this."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext("Leave this empty"))
        return ""

    def facts(self) -> NeedFacts:
        """What was typed."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        del typed["website"]
        typed.pop("another", None)
        consent = CONSENT if typed.pop("consent") else ""
        return NeedFacts(category=UNSORTED, consent=consent, **typed)


class FindAskedForm(forms.Form):
    """The code of a request."""

    code = forms.CharField(
        label=gettext_lazy("Code of your request"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class RemarkForm(forms.Form):
    """A word beside the answer."""

    remark = forms.CharField(
        label=gettext_lazy("Would you like to say more?"),
        max_length=REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("May stay empty."),
    )
