"""What is typed: signing in, preferences, accounts, grants, switches and tokens."""

from collections.abc import Sequence
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.accounts.rules import (
    ASSESSMENT_TEXT,
    ASSESSMENT_TITLE,
    ROLE_NAMES,
    SCOPES,
    SWITCHES,
    AssessmentFacts,
)
from baodao.kernel import clock
from baodao.kernel.authz import Permission, Role
from baodao.ui.fields import CalendarDay, NameField
from baodao.ui.forms import NamingForm

GRANTED_ROLES = [role for role in ROLE_NAMES if role is not Role.OPERATOR]


def translated(choices: dict[str, str]) -> list[tuple[str, Any]]:
    """Choices whose words are message ids, in the reader's language."""
    return [("", _("Choose"))] + [(key, _(name)) for key, name in choices.items()]


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]
    """A name and a password; one-time passwords end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = _("Name to sign in with"), _("Password")
        name.help_text = _("Members: the volunteer number, or open your letter with its code.")
        password.help_text = ""
        for field in (name, password):
            field.widget.attrs.pop("placeholder", None)

    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        ended = self.user.one_time_until if self.user else None
        if ended and ended < clock.now():
            raise forms.ValidationError(
                gettext("This one-time password has ended. Ask for a new one.")
            )
        return cleaned


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    """The password held now, and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Password now")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")
        self.fields["password1"].help_text = _(
            "At least 10 characters; no common word and not your name."
        )
        _without_placeholders(self)


class SetPasswordForm(account_forms.SetPasswordForm):  # type: ignore[misc]
    """Twice a first password, for members who came by their letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password again")
        self.fields["password1"].help_text = _(
            "At least 10 characters; no common word and not your name."
        )
        _without_placeholders(self)


class AgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        _without_placeholders(self)


class CodeForm(code_forms.AuthenticateForm):  # type: ignore[misc]
    """The code that the telephone shows, or one of the spare codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self)


class CodeAgainForm(code_forms.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self)


class ActivateCodeForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which proves that the telephone was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_code(self)


def _name_code(form: forms.Form) -> None:
    form.fields["code"].label = _("Code of six digits")
    form.fields["code"].widget.attrs["inputmode"] = "numeric"
    _without_placeholders(form)


def _without_placeholders(form: forms.Form) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class PlacedForm(NamingForm):
    """A form about one organisation of the actor's."""

    organisation = NameField(label=_("Organisation"))


class AccountForm(PlacedForm):
    """A new account; it can do nothing until it is granted a role."""

    field_order = ("name", "username", "organisation")
    name = forms.CharField(label=_("Name"), max_length=60)
    username = forms.CharField(label=_("Name to sign in with"), max_length=60)


class GrantForm(PlacedForm):
    """A role on an organisation, with its basis and end."""

    field_order = ("role", "organisation", "basis", "until_on")
    role = forms.ChoiceField(
        label=_("Role"),
        choices=lambda: translated({role.value: ROLE_NAMES[role] for role in GRANTED_ROLES}),
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=200,
        help_text=_("The document or decision on which it rests."),
    )
    until_on = CalendarDay(
        label=_("End date"),
        required=False,
        help_text=_("Empty: until it is taken back."),
    )


class SwitchForm(PlacedForm):
    """What is to be turned on, where, on which basis, and until when."""

    field_order = ("key", "organisation", "basis", "approver", "ends_on")
    key = forms.ChoiceField(
        label=_("Switch"),
        choices=lambda: translated({key: feature.name for key, feature in SWITCHES.items()}),
    )
    basis = forms.CharField(
        label=_("Basis"), max_length=300, help_text=_("The document or decision on which it rests.")
    )
    approver = forms.CharField(label=_("Approved by"), max_length=60)
    ends_on = CalendarDay(
        label=_("End date"),
    )


class AssessmentForm(PlacedForm):
    """An impact assessment as it is put on file."""

    field_order = ("key", "organisation", "title", "approver", "approved_on", "text")
    key = forms.ChoiceField(
        label=_("Switch"),
        choices=lambda: translated(
            {key: feature.name for key, feature in SWITCHES.items() if feature.assessed}
        ),
    )
    title = forms.CharField(label=_("Title and number"), max_length=ASSESSMENT_TITLE)
    approver = forms.CharField(label=_("Approved by"), max_length=60)
    approved_on = CalendarDay(label=_("Approved on"))
    text = forms.CharField(
        label=_("What it says"),
        max_length=ASSESSMENT_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Purpose and need, what it means for people, how they are protected."),
    )

    def facts(self) -> AssessmentFacts:
        """What was typed, once the form is valid."""
        names = ("key", "title", "approver", "approved_on", "text")
        return AssessmentFacts(**{name: self.cleaned_data[name] for name in names})


class TokenForm(PlacedForm):
    """What a program's token is for, what it may do, where, and its last day."""

    field_order = ("name", "purpose", "scopes", "organisation", "ends_on")
    name = forms.CharField(
        label=_("Name of the token"), max_length=60, help_text=_("The program that uses it.")
    )
    purpose = forms.CharField(label=_("What for?"), max_length=200)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    ends_on = CalendarDay(
        label=_("End date"),
        help_text=_("At most a year from now."),
    )

    def __init__(self, *args: Any, scopes: Sequence[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["scopes"]
        if isinstance(choices, forms.MultipleChoiceField):
            choices.choices = [(one.value, _(SCOPES[one])) for one in scopes]


class JournalForm(NamingForm):
    """What to look for in the journal."""

    actor_name = forms.CharField(label=_("Who"), max_length=60, required=False)
    verb = forms.CharField(label=_("Act"), max_length=60, required=False)
    place = NameField(label=_("Organisation"), required=False)
    from_on = CalendarDay(
        label=_("From day"),
        required=False,
    )
    to_on = CalendarDay(
        label=_("To day"),
        required=False,
    )
