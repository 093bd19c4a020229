"""Quiet notices, their ways outside, what people turned off, and what they tell us in return."""

from django.db import models
from django.db.models import F, Q

from baodao.accounts.models import Account
from baodao.kernel import clock, ids
from baodao.kernel.placement import TablePlacement
from baodao.kernel.sealed import SealedText
from baodao.kernel.stages import CodeField
from baodao.notices.rules.deliveries import DeliveryState, NoticePlace
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Notice(models.Model):
    """One sentence to one person or organisation, or to an account that is nobody's person, shown
    in the app from `show_at` on.

    `kind` names the sentence in `rules.KINDS`; `facts` fill its places; `url` is where the
    next step is. A reminder counts against the weekly limit, an answer does not.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="+", related_query_name="notice"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        related_query_name="notice",
    )
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    about = models.UUIDField(null=True)
    url = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="+", related_query_name="notice"
    )
    created_at = models.DateTimeField(default=clock.now)
    show_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "show_at"], name="notice_person"),
            models.Index(fields=["account", "show_at"], name="notice_account"),
            models.Index(fields=["organisation", "show_at"], name="notice_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation=None, account=None)
                | Q(person=None, organisation__isnull=False, account=None)
                | Q(person=None, organisation=None, account__isnull=False),
                name="notice_one_addressee",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Channel(models.Model):
    """A way outside: a robot of 企业微信, 钉钉 or 飞书, a webhook, or mail.

    It belongs to an organisation, for which and for all below it holds until one nearer has its
    own, or to an account for what is told to its person. `address` holds secrets, is sealed and
    never shown again; `outline` is what may be seen of it. A removed one forgets its address.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        related_query_name="channel",
    )
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="+", related_query_name="channel"
    )
    schema = models.CharField(max_length=12)
    label = models.CharField(max_length=60)
    outline = models.CharField(max_length=200)
    address_sealed = models.BinaryField()
    address = SealedText("notice-channel", "address_sealed")
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) ^ Q(account=None), name="channel_one_owner"
            )
        ]

    def __str__(self) -> str:
        return self.label


class Delivery(models.Model):
    """One message to one channel: the notices it tells of, or a test when there are none.

    While it is `collecting`, what comes for the same channel joins it. `token` opens the page that
    ends its topics without signing in.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    notices = models.ManyToManyField(Notice, related_name="+", related_query_name="delivery")
    token = models.CharField(max_length=32, unique=True, default=ids.new_token)
    test = models.BooleanField(default=False)
    state = CodeField(DeliveryState, max_length=12)
    planned_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=12, blank=True)
    answer = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["channel", "planned_at"], name="delivery_channel")]
        constraints = [
            models.UniqueConstraint(
                F("channel"),
                condition=Q(state=DeliveryState.COLLECTING.value),
                name="delivery_one_collecting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.planned_at}"


class TurnedOff(models.Model):
    """A topic that an account, or a channel, no longer wants in one place."""

    placement = TablePlacement.LOCAL
    account = models.ForeignKey(
        Account,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        related_query_name="turned_off",
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, null=True, related_name="+", related_query_name="off"
    )
    topic = models.CharField(max_length=12)
    place = CodeField(NoticePlace, max_length=8)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None) ^ Q(channel=None), name="turned_off_one_owner"
            ),
            models.UniqueConstraint(
                F("account"), F("topic"), F("place"), name="turned_off_once_account"
            ),
            models.UniqueConstraint(
                F("channel"), F("topic"), F("place"), name="turned_off_once_channel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.place}"


class Complaint(models.Model):
    """投诉建议: anybody's word from any page, with an answer by a day and a code to look it up.

    `author` is the name of somebody signed in who wanted it told; else nothing here or in the
    journal says who it was. What `accuses` an organisation is answered by who stands above it.
    The contact is sealed.
    """

    placement = TablePlacement.LOCAL
    id = models.UUIDField(primary_key=True, default=ids.new_id)
    code = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="complaint"
    )
    text = models.TextField(max_length=2000)
    accuses = models.BooleanField(default=False)
    author = models.CharField(max_length=60, blank=True)
    contact_sealed = models.BinaryField(null=True)
    contact = SealedText("complaint-contact", "contact_sealed")
    created_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "created_at"], name="complaint_place")]

    def __str__(self) -> str:
        return self.code
