"""What is typed about complaints, their answers, topics and channels."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.notices.rules.catalogue import topics_in_use
from baodao.notices.rules.complaints import MOST_WORDS
from baodao.orgs.models import Organisation
from baodao.orgs.queries.tree import places
from baodao.orgs.rules.tree import PLACES


class ComplaintForm(forms.Form):
    """Anybody's word. Only the text is needed; where no place is named it goes to `near`."""

    text = forms.CharField(
        label=_("What is wrong, or could be better?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    place = forms.CharField(
        label=_("Which community or street is it about?"),
        max_length=100,
        required=False,
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        max_length=100,
        required=False,
        help_text=_("Not needed: the answer is found with the code that you get."),
    )
    accuses = forms.BooleanField(
        label=_("It is about how the people there acted"),
        required=False,
        help_text=_("Then they do not answer it themselves: who stands above them does."),
    )
    signed = forms.BooleanField(
        label=_("Tell my name"),
        required=False,
        help_text=_("Otherwise nobody learns who wrote this, though you are signed in."),
    )

    def __init__(
        self, *args: Any, near: Organisation | None, named: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if near is not None:
            hint = gettext("Its whole name. Empty: it goes to %(name)s.") % {"name": near.name}
            self.fields["place"].help_text = hint
        if not named:
            del self.fields["signed"]

    def clean_place(self) -> Organisation | None:
        """The one open place of this name."""
        name: Any = self.cleaned_data["place"].strip()
        if not name:
            return None
        named = [place for kind in PLACES for place in places(kind).filter(name=name)[:2]]
        if len(named) != 1:
            raise forms.ValidationError(
                gettext("No place has this name, or several have. Write its street instead.")
            )
        return named[0]


class ComplaintAnswerForm(forms.Form):
    """The answer."""

    text = forms.CharField(
        label=_("Answer"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 6})
    )


class ComplaintCodeForm(forms.Form):
    """The code under which an answer is found."""

    code = forms.CharField(label=_("Code"), max_length=24)


class TopicsForm(forms.Form):
    """Which topics are wanted in the app and outside: the ticked ones."""

    app = forms.MultipleChoiceField(required=False)
    outside = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("app", "outside"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(topic.value, gettext(topic.words)) for topic in topics_in_use()]


class ChannelForm(forms.Form):
    """A new way outside."""

    label = forms.CharField(
        label=_("Name of the channel"),
        max_length=60,
        help_text=_("As you call it, e.g. the name of the group."),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "The webhook address that the robot of WeCom, DingTalk or Feishu shows; or an address "
            "with https; or for mail "
            "mailtos://name:password@example.cn?smtp=smtp.example.cn&to=name@example.cn. "
            "It is kept encrypted and never shown again."
        ),
    )
    secret = forms.CharField(
        label=_("Signing secret"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("For a robot of DingTalk that signs (SEC…); else leave it empty."),
    )
