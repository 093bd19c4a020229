"""Persons, their periods in a branch, and what happens to them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField, Living
from baodao.orgs.models import Organisation
from baodao.people.rules.departures import Ending
from baodao.people.rules.identity_documents import IdentityDocument
from baodao.people.rules.standing import Grade, Sex, Standing
from baodao.people.rules.transfers import TRANSFER, TransferState


class Person(models.Model):
    """One person, once, however many units they pass through.

    `number` is the volunteer number, the only public identifier. Identity number and telephone
    are sealed and found by their blind indexes and those of their last four characters; the
    identity number is that of `id_document`, of which each issuer (`id_issuer`: of a passport the
    country, of an officer's certificate the word before 字第) counts its own. One person holds a
    number; of whoever was entered under it with another name it is contested since `contested_at`,
    which changes nothing for their unit and leads nobody from the one to the other. What each fact
    is called, who writes and who sees it stands in `facts.py`.

    `home_community` is where they live as it is known since `home_since`, without that
    instant since they were entered. What was known earlier stands in `FormerHome`.

    Each index costs a roster of 100,000 people a quarter of a second: of what most people have not
    only the others are in one (`other_readings` is NULL, not empty, of whom there are none), the
    number has one for whole numbers alone, and an identity number or a telephone shares one with
    its end, which stands first: both are asked for together (`equals_by_tail`).
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    name_bigrams = ArrayField(models.CharField(max_length=2), default=list)
    pinyin = models.CharField(max_length=200, db_collation="C")
    initials = models.CharField(max_length=40, db_collation="C")
    other_readings = ArrayField(models.CharField(max_length=120), null=True)
    sex = CodeField(Sex, max_length=1)
    born_on = models.DateField()
    id_document = CodeField(IdentityDocument, default=IdentityDocument.CARD)
    id_issuer = models.CharField(max_length=20, blank=True, db_default="")
    id_sealed = models.BinaryField()
    id_blind = models.BinaryField(max_length=16)
    id_tail_blind = models.BinaryField(max_length=16)
    id_number = SealedText(
        "id-number", "id_sealed", blind="id_blind", tail="id_tail_blind", tail_purpose="id-tail"
    )
    contested_at = models.DateTimeField(null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_blind = models.BinaryField(max_length=16, null=True)
    phone_tail_blind = models.BinaryField(max_length=16, null=True)
    phone = SealedText(
        "phone",
        "phone_sealed",
        blind="phone_blind",
        tail="phone_tail_blind",
        tail_purpose="phone-tail",
    )
    joined_on = models.DateField(null=True)
    ethnicity = models.CharField(max_length=20, blank=True)
    education = models.CharField(max_length=20, blank=True)
    position = models.CharField(max_length=60, blank=True)
    specialty = models.CharField(max_length=200, blank=True)
    interests = models.CharField(max_length=200, blank=True)
    wishes = models.CharField(max_length=200, blank=True)
    free_times = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    home_community = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    home_since = models.DateTimeField(null=True)
    died_on = models.DateField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number"], name="person_number"),
            models.UniqueConstraint(
                fields=["id_tail_blind", "id_blind", "id_document", "id_issuer", "contested_at"],
                nulls_distinct=False,
                name="person_number_once",
            ),
        ]
        indexes = [
            GinIndex(fields=["name_bigrams"], name="person_bigrams"),
            GinIndex(
                fields=["other_readings"],
                name="person_other_readings",
                condition=Q(other_readings__isnull=False),
            ),
            models.Index(fields=["pinyin"], name="person_pinyin"),
            models.Index(fields=["initials"], name="person_initials"),
            models.Index(fields=["name"], name="person_name"),
            models.Index(
                fields=["contested_at"],
                name="person_contested",
                condition=Q(contested_at__isnull=False),
            ),
            models.Index(fields=["phone_tail_blind", "phone_blind"], name="person_phone"),
            models.Index(
                fields=["home_community"],
                name="person_home_community",
                condition=Q(home_community__isnull=False),
            ),
            models.Index(
                fields=["home_since"],
                name="person_home_since",
                condition=Q(home_since__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="person_merged_into",
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FormerHome(models.Model):
    """A community of which it was known from one recorded instant until another that a person lives
    in it; what is known now stands in `Person` alone."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_homes")
    community = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="former_home_until_after"
            ),
        ]
        indexes = [models.Index(fields=["until"], name="former_home_until")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.community_id}"


class Membership(models.Model):
    """A period of one person in one branch with one standing; a change closes it, opens another.

    `from_on` and `to_on` are civil dates as the unit tells them. `recorded_at` and `closed_at`
    are when we learnt them: figures as of a day count by these, so that no later entry changes a
    table that was printed. `is_dated` says that somebody told `from_on`: a roster tells no day, and
    it is the one on which it was taken over. `ending` says why the person is a member here no more;
    of a period that another one of the same unit follows it says nothing.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        related_query_name="membership",
        db_index=False,
    )
    standing = CodeField(Standing)
    grade = CodeField(Grade)
    lives_in_city = models.BooleanField(default=True)
    from_on = models.DateField()
    is_dated = models.BooleanField(default=True, db_default=True)
    to_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    ending = CodeField(Ending, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("person"), condition=Q(closed_at=None), name="membership_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="membership_dates"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("recorded_at")),
                name="membership_closed_after",
            ),
        ]
        indexes = [
            models.Index(
                fields=["branch", "standing"],
                name="membership_live",
                condition=Q(closed_at=None),
                include=["person", "lives_in_city"],
            ),
            models.Index(fields=["branch", "recorded_at"], name="membership_recorded"),
            models.Index(fields=["recorded_at"], name="membership_recorded_at"),
            models.Index(
                fields=["closed_at"],
                name="membership_closed_at",
                condition=Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.standing}"


class UnitTransfer(Living):
    """A member on the way from one unit to another; `on` is the day from which they belong there.

    Until the receiving unit accepts, the membership stays where it is.
    """

    placement = TablePlacement.REFERENCE
    life = TRANSFER

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_branch = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    state = CodeField(TransferState, default=TransferState.PROPOSED)
    note = models.CharField(max_length=200, blank=True)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("person"),
                condition=Q(state=TransferState.PROPOSED.value),
                name="transfer_one_waits",
            )
        ]
        indexes = [models.Index(fields=["unit", "state"], name="transfer_unit")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"
