"""Registers of households on their way in."""

import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseholdImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_sealed", models.BinaryField(null=True)),
                ("options", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("created_by", models.CharField(max_length=60)),
                ("applied_at", models.DateTimeField(null=True)),
                ("file_ids", models.JSONField(default=list)),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="household_import",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["community", "created_at"], name="household_import_community"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at", None), ("applied_at__isnull", False), _connector="OR"
                        ),
                        name="household_import_undone_was_applied",
                    )
                ],
            },
        ),
    ]
