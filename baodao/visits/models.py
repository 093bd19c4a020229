"""Contact points of cadres with their time, visits, what was made of them, and reminders."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.stages import CodeField
from baodao.needs.models import Need
from baodao.orgs.models import Organisation
from baodao.people.models import Person
from baodao.residents.models import HouseholdFile, SealedHousehold
from baodao.visits.rules.contacts import ContactEnding, ContactKind


class ContactPoint(models.Model):
    """联系点, 包保: a cadre is the contact of a community, a grid or a household from one day to
    another, both included.

    `place` is the community or the grid; of a household the community that looks after it. Of a
    household `title` is what everybody reads; who lives there is sealed and forgotten some time
    after it is over. `until` is the last day, also one that is planned; `ended_at` is when it was
    written down that it is over. The one that took over names the one before in `follows`.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="contact_point"
    )
    kind = CodeField(ContactKind)
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="contact_point"
    )
    household = models.ForeignKey(
        SealedHousehold,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        related_query_name="contact_point",
    )
    title = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    assigner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    assigned_at = models.DateTimeField(default=clock.now)
    assigned_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ending = CodeField(ContactEnding, max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="follower"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="contact_point_term"
            ),
            models.CheckConstraint(
                condition=(Q(kind=ContactKind.HOUSEHOLD.value) & ~Q(title=""))
                | (~Q(kind=ContactKind.HOUSEHOLD.value) & Q(title="", household=None)),
                name="contact_point_household",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "ended_at"], name="contact_point_person"),
            models.Index(fields=["place", "ended_at"], name="contact_point_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"

    @property
    def words(self) -> str:
        """To what it is the contact, without who lives there; of a place that was closed, who took
        over."""
        place = self.place
        while place.closed_at and (taker := place.successors.select_related("successor").first()):
            place = taker.successor
        return self.title or place.name

    @property
    def ending_words(self) -> str:
        """Why it is over."""
        return gettext(ContactEnding.words_of(self.ending)) if self.ending else ""


class ContactVisit(models.Model):
    """走访: a cadre was there on a day, and what was seen, heard, said and done.

    `id` is made by who sends it, so that it is kept once however often it arrives. `community` is
    the one of the contact point then, `branch` that of the cadre on the day.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="visits")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", related_query_name="contact_visit"
    )
    community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="contact_visit"
    )
    branch = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="+"
    )
    on = models.DateField()
    seen = models.CharField(max_length=200, blank=True)
    heard = models.CharField(max_length=200, blank=True)
    explained = models.CharField(max_length=200, blank=True)
    done = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(seen="", heard="", explained="", done=""), name="contact_visit_says"
            ),
        ]
        indexes = [
            models.Index(fields=["community", "on"], name="contact_visit_community"),
            models.Index(fields=["contact", "on"], name="contact_visit_contact"),
            models.Index(fields=["person", "on"], name="contact_visit_person"),
            models.Index(fields=["branch", "on"], name="contact_visit_branch"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.on}"

    @property
    def lines(self) -> list[str]:
        """What it says, field by field, without those that are empty."""
        return [text for text in (self.seen, self.heard, self.explained, self.done) if text]


class VisitNeed(models.Model):
    """A need that was made of a visit."""

    placement = TablePlacement.REFERENCE
    need = models.OneToOneField(
        Need,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="visit_need",
    )
    visit = models.ForeignKey(ContactVisit, on_delete=models.PROTECT, related_name="visit_needs")

    def __str__(self) -> str:
        return str(self.need_id)


class HouseholdNeed(models.Model):
    """A need that a community wrote down for a household with a file."""

    placement = TablePlacement.REFERENCE
    need = models.OneToOneField(
        Need,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="+",
        related_query_name="household_need",
    )
    file = models.ForeignKey(
        HouseholdFile,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="household_need",
    )

    def __str__(self) -> str:
        return str(self.need_id)


class ContactReminder(models.Model):
    """A contact was reminded of the visits of a period: once, of so many."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    contact = models.ForeignKey(ContactPoint, on_delete=models.PROTECT, related_name="reminders")
    first_on = models.DateField()
    last_on = models.DateField()
    wish = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("contact"), F("first_on"), name="contact_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.first_on}"
