"""Checking in and out, as facts, and how well an activity worked."""

import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("offers", "0001_initial"),
        ("orgs", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("id", models.UUIDField(default=baodao.kernel.ids.new_id)),
                ("offer_id", models.UUIDField()),
                ("side", models.CharField(max_length=12)),
                ("way", models.CharField(default="scan", max_length=12)),
                ("scanned_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                (
                    "community",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="check_in",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "scanned_at"], name="check_in_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("way", "scan")),
                        fields=("community", "offer_id", "person", "side"),
                        name="check_in_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityEffect",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("grade", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("graded_by", models.CharField(max_length=60)),
                ("since", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="effect",
                        to="offers.offer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("offer"),
                        condition=models.Q(("until", None)),
                        name="effect_one_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="effect_until_after",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [
                """ALTER TABLE attendance_checkin
                   ADD CONSTRAINT check_in_community_fk
                   FOREIGN KEY (community_id) REFERENCES orgs_organisation (id)""",
                """ALTER TABLE attendance_checkin
                   ADD CONSTRAINT check_in_person_fk
                   FOREIGN KEY (person_id) REFERENCES people_person (id)""",
            ],
            [
                "ALTER TABLE attendance_checkin DROP CONSTRAINT check_in_person_fk",
                "ALTER TABLE attendance_checkin DROP CONSTRAINT check_in_community_fk",
            ],
        ),
    ]
