"""The shape of what a clerk types for letters."""

from django.utils.translation import gettext_lazy

from baodao.ui.fields import NameField
from baodao.ui.forms import NamingForm


class IssueForm(NamingForm):
    """For whom letters are issued; without a community the unit's policy chooses it."""

    community = NameField(
        label=gettext_lazy("Community"),
        required=False,
        help_text=gettext_lazy("Leave empty to follow the unit's policy."),
    )
