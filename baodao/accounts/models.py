"""Accounts, what they were granted, and switches that change what the system may do."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from baodao.accounts.rules import ROLE_NAMES, SCOPES
from baodao.kernel import clock, ids
from baodao.kernel.authz import Permission, Role
from baodao.kernel.pinyin import name_reading
from baodao.kernel.placement import TablePlacement
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Account(AbstractBaseUser):
    """Who signs in. A member's account is tied to their person; staff may have one too.

    A one-time password ends at `one_time_until` and must be changed at the first sign-in. Who made
    the account and who reset its password last are tied to it: of what two must do, they are not
    the second. None of them is the operator of the server, or the holder of a letter.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=300, db_collation="C", blank=True)
    initials = models.CharField(max_length=60, db_collation="C", blank=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, related_name="+", related_query_name="account"
    )
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    one_time_until = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="zh-hans")
    large_text = models.BooleanField(default=False)
    reminders = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    reset_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username

    @classmethod
    def new(cls, username: str, name: str, **fields: Any) -> "Account":
        """An account that is not saved yet, with how its name is read."""
        pinyin, initials = name_reading(name)
        return cls(username=username, name=name, pinyin=pinyin, initials=initials, **fields)


class Grant(models.Model):
    """A role on an organisation, from one day on, until it is revoked or its end date; `lapsed_at`
    is when what hung on it was ended after that day.

    That of one of the three administrators is only proposed until a second person confirmed it.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=[(r, r.value) for r in Role])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="grant"
    )
    basis = models.CharField(max_length=200, blank=True)
    granted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(default=clock.now, null=True)
    until_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("account"),
                F("role"),
                F("organisation"),
                condition=Q(revoked_at=None),
                name="grant_once",
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("account")), name="grant_not_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | ~Q(confirmed_by=F("granted_by")) & ~Q(confirmed_by=F("account")),
                name="grant_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"

    @property
    def is_over(self) -> bool:
        """Whether it was taken back or its last day is past."""
        past = self.until_on is not None and self.until_on < clock.today()
        return past or self.revoked_at is not None

    @property
    def ended_on(self) -> date | None:
        """The last day of a grant that is over, or of which it is known; None without end."""
        days = [day for day in (self.until_on, clock.day_of(self.revoked_at)) if day is not None]
        return min(days, default=None)

    @property
    def role_words(self) -> str:
        """The role in the reader's language."""
        return gettext(ROLE_NAMES[Role(self.role)])


class Switch(models.Model):
    """A feature that is off by default, turned on by two administrators until a date."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    key = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="switch"
    )
    basis = models.CharField(max_length=300)
    approver = models.CharField(max_length=60)
    ends_on = models.DateField()
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="switch_two_administrators",
            )
        ]

    def __str__(self) -> str:
        return self.key


class ImpactAssessment(models.Model):
    """个人信息保护影响评估: what was weighed before a sensitive feature is turned on for an
    organisation and all below, who approved it and when; never changed."""

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    key = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="assessment"
    )
    title = models.CharField(max_length=100)
    approver = models.CharField(max_length=60)
    approved_on = models.DateField()
    text = models.TextField()
    filed_at = models.DateTimeField(default=clock.now)
    filed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class ApiToken(models.Model):
    """A key with which a program acts for an account: some of its permissions, in one organisation.

    Of the secret only the SHA-256 is kept; `prefix` is its beginning, by which people know it.
    What it may do is what the account holds at that moment, of `scopes`, at `organisation` and
    below.
    """

    placement = TablePlacement.REFERENCE
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = ArrayField(models.CharField(max_length=40))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="token"
    )
    made_at = models.DateTimeField(default=clock.now)
    ends_on = models.DateField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_token_has_scopes"),
        ]
        indexes = [models.Index(fields=["account", "made_at"], name="api_token_account")]

    def __str__(self) -> str:
        return self.prefix

    @property
    def permissions(self) -> frozenset[Permission]:
        """The scopes that are still permissions of this version."""
        return frozenset(Permission(scope) for scope in self.scopes if scope in set(Permission))

    @property
    def scope_words(self) -> str:
        """The scopes in the reader's language."""
        labels = (SCOPES.get(scope, scope) for scope in Permission if scope in self.scopes)
        return "、".join(gettext(label) for label in labels)

    @property
    def is_over(self) -> bool:
        """Whether it was taken back or its last day is past."""
        return self.revoked_at is not None or self.ends_on < clock.today()
