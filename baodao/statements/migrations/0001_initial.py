"""Statements, disputes, record sheets and the codes that open records."""

import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids
import baodao.ledger.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0001_initial"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordCode",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("token", models.CharField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField(default=baodao.kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("record_id", models.UUIDField()),
                ("reversal", baodao.ledger.models.Reversal("record_id")),
                ("text", models.CharField(max_length=500)),
                ("raised_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("due_on", models.DateField()),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_by", models.CharField(blank=True, max_length=60)),
                ("answered_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="open", max_length=12)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="dispute",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="dispute",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "state", "due_on"], name="dispute_desk"),
                    models.Index(fields=["person"], name="dispute_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("record_id"),
                        condition=models.Q(("state__in", ("open",))),
                        name="dispute_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state__in", ("open",))),
                            models.Q(
                                models.Q(("state__in", ("open",)), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_answered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordSheet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.IntegerField()),
                ("number", models.IntegerField()),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("issued_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("issued_by", models.CharField(max_length=60)),
                ("certificate", models.BooleanField(default=False)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="record_sheet",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="record_sheet",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "issued_at"], name="record_sheet_person")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("year"),
                        models.F("number"),
                        name="record_sheet_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))),
                        name="record_sheet_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("served_on", models.DateField()),
                ("began_at", models.DateTimeField(null=True)),
                ("minutes", models.IntegerField()),
                ("category", models.CharField(max_length=30)),
                ("way", models.CharField(max_length=12)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("result", models.CharField(blank=True, max_length=200)),
                ("offer_id", models.UUIDField(null=True)),
                ("offer_title", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("stated_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("record_id", models.UUIDField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="statement",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "offer_community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="statement",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "state", "stated_at"], name="statement_desk"),
                    models.Index(fields=["person", "served_on"], name="statement_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("record_id__isnull", False), ("state", "confirmed")),
                            models.Q(
                                models.Q(("state", "confirmed"), _negated=True), ("record_id", None)
                            ),
                            _connector="OR",
                        ),
                        name="statement_confirmed_is_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gt", 0)), name="statement_minutes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offer_community", None), ("offer_id", None)),
                            models.Q(
                                ("offer_community__isnull", False), ("offer_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="statement_of_offer",
                    ),
                ],
            },
        ),
    ]
