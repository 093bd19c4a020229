"""Quiet notices to persons and accounts, and what people tell us in return."""

from django.db import models

from baodao.kernel import clock, ids
from baodao.orgs.models import Organisation
from baodao.people.models import Person


class Notice(models.Model):
    """One sentence to one person, shown in the app from `show_at` on.

    `kind` names the sentence in `rules.SENTENCES`; `facts` fill its places; `url` is where the
    next step is. A reminder counts against the weekly limit, an answer does not.
    """

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
    created_at = models.DateTimeField(default=clock.now)
    show_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "show_at"], name="notice_person"),
            models.Index(fields=["organisation", "show_at"], name="notice_organisation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(organisation=None),
                name="notice_one_addressee",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Complaint(models.Model):
    """投诉建议: anybody's word from any page, with an answer by a day and a code to look it up."""

    id = models.UUIDField(primary_key=True, default=ids.new_id)
    code = models.CharField(max_length=24, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", related_query_name="complaint"
    )
    text = models.TextField(max_length=2000)
    page = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "created_at"], name="complaint_place")]

    def __str__(self) -> str:
        return self.code
