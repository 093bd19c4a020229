"""A visit, a need of it, a cadre made a contact, a household entrusted, as people type them."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from baodao.kernel.errors import Refused, gettext_noop
from baodao.kernel.lives import MOST_WORDS
from baodao.needs.rules.requests import LONGEST, PLACE, NeedFacts, Urgency
from baodao.orgs.models import Organisation
from baodao.orgs.queries.choices import Choices
from baodao.pairings.models import PairedHousehold
from baodao.residents.rules.entries import HARDSHIP, NAME, HouseholdEntry
from baodao.spreadsheets.fields import PhoneField
from baodao.ui.fields import CalendarDay, NameField
from baodao.ui.wording import code_choices, question_choices
from baodao.visits.commands.contacts import Takeover
from baodao.visits.queries.cadres import CadreChoices
from baodao.visits.rules.contacts import TITLE, ContactTerm, HouseholdRef
from baodao.visits.rules.visits import WORDS, VisitWords

LONG = 4000
"""Characters of one visit as a phone sends it."""


def _short(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ContactVisitForm(forms.Form):
    """A visit: the day and 看、听、说、办, of which one is enough."""

    on = CalendarDay(label=gettext_lazy("Day of the visit"))
    seen = _short(gettext_lazy("Seen"))
    heard = _short(gettext_lazy("Heard"))
    explained = _short(gettext_lazy("Explained"))
    done = _short(gettext_lazy("Done on the spot"))

    def visit(self) -> VisitWords:
        """What was typed, once the form is valid."""
        return VisitWords(**self.cleaned_data)


class VisitNeedForm(forms.Form):
    """A need that was heard of on a visit: what, where and how soon."""

    text = forms.CharField(
        label=gettext_lazy("What is needed"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    category = forms.ChoiceField(label=gettext_lazy("Category of the need"))
    urgency = forms.ChoiceField(
        label=gettext_lazy("How soon"),
        choices=partial(code_choices, Urgency),
        initial=Urgency.NORMAL,
    )
    place = forms.CharField(label=gettext_lazy("Where it is"), max_length=PLACE, required=False)

    def __init__(self, *args: Any, categories: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = partial(question_choices, categories)
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> NeedFacts:
        """What was typed, once the form is valid."""
        return NeedFacts(**self.cleaned_data)


class TermForm(forms.Form):
    """Who is the contact, from which day to which; `cadres` are those who can be chosen."""

    cadre = NameField(label=gettext_lazy("Cadre"))
    since = CalendarDay(label=gettext_lazy("First day"))
    until = CalendarDay(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: until it is handed over or ended."),
    )

    def __init__(self, *args: Any, cadres: CadreChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cadre"].find = cadres  # type: ignore[attr-defined]
        hint = {"placeholder": gettext_lazy("Name, or the initials of it")}
        self.fields["cadre"].widget.attrs |= hint

    @property
    def person_id(self) -> UUID:
        """Who was chosen, once the form is valid."""
        person_id: UUID = self.cleaned_data["cadre"].person_id
        return person_id

    def term(self) -> ContactTerm:
        """The days that were typed, once the form is valid."""
        return ContactTerm(self.cleaned_data["since"], self.cleaned_data["until"])


class AssignForm(TermForm):
    """Of which community or grid a cadre becomes the contact."""

    field_order = ("place", "cadre", "since", "until")
    place = NameField(label=gettext_lazy("Community or grid"))

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].find = places  # type: ignore[attr-defined]

    @property
    def organisation(self) -> Organisation:
        """The place that was chosen, once the form is valid."""
        place: Organisation = self.cleaned_data["place"]
        return place


class EntrustForm(TermForm):
    """To which household a cadre goes: that of a pairing, or one that is written down here and kept
    sealed."""

    field_order = ("cadre", "title", "since", "until", "paired", "name", "phone", "address")
    title = forms.CharField(
        label=gettext_lazy("What everybody reads of the household"),
        max_length=TITLE,
        help_text=gettext_lazy("In words that name nobody, such as 陪伴独居老人."),
    )
    paired = forms.ChoiceField(label=gettext_lazy("Household of a pairing"), required=False)
    name = forms.CharField(label=gettext_lazy("Who is helped"), max_length=NAME, required=False)
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Address in words"), max_length=PLACE, required=False
    )
    hardship = forms.CharField(
        label=gettext_lazy("What is hard for them"),
        max_length=HARDSHIP,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Kept sealed: read by the community, and by who has taken it on as long as they have "
            "it. No ID number."
        ),
    )

    def __init__(self, *args: Any, households: list[PairedHousehold], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(row.household_id), row.offer.title) for row in households]
        none = ("", gettext_lazy("Another household, written down below"))
        self.fields["paired"].choices = [none, *rows]  # type: ignore[attr-defined]

    def household(self) -> HouseholdRef:
        """Which household it is, once the form is valid."""
        paired = self.cleaned_data["paired"]
        return HouseholdRef(self.cleaned_data["title"], UUID(paired) if paired else None)

    def new_entry(self) -> HouseholdEntry | None:
        """What is to be sealed; None where the household has its entry in a pairing."""
        if self.cleaned_data["paired"]:
            return None
        names = ("name", "hardship", "phone", "address")
        return HouseholdEntry(*(self.cleaned_data[name] for name in names))


class FiledEntrustForm(TermForm):
    """Which cadre goes to a household that has a file."""

    field_order = ("cadre", "title", "since", "until")
    title = forms.CharField(
        label=gettext_lazy("What everybody reads of the household"),
        max_length=TITLE,
        help_text=gettext_lazy("In words that name nobody, such as 陪伴独居老人."),
    )

    def facts(self) -> dict[str, Any]:
        """Who goes there, from which day to which, and what is read of it, once the form is
        valid."""
        title = self.cleaned_data["title"]
        return {"person_id": self.person_id, "title": title, "term": self.term()}


class TakeoverForm(TermForm):
    """Who takes a contact over, and why."""

    field_order = ("cadre", "since", "until", "reason")
    reason = forms.CharField(label=gettext_lazy("Why it is handed over"), max_length=MOST_WORDS)

    def takeover(self) -> Takeover:
        """What was typed, once the form is valid."""
        return Takeover(self.person_id, self.term(), self.cleaned_data["reason"])


def sent_visit(text: str) -> tuple[UUID, UUID, VisitWords]:
    """The id, the contact and the words of a visit that a phone delivers, as JSON; refused when
    they are not those of our page."""
    try:
        sent = json.loads(text[: LONG + 1])
        words = {name: str(sent[name]) for name in ("seen", "heard", "explained", "done")}
        form = ContactVisitForm({"on": str(sent["on"]), **words})
        if len(text) > LONG or not form.is_valid():
            raise ValueError("words")
        return UUID(sent["id"]), UUID(sent["contact"]), form.visit()
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise Refused(
            "visit.unreadable",
            gettext_noop("What the phone sent could not be read. Write the visit down anew."),
        ) from error
