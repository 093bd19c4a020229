"""Tables of services on their way in."""

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
            name="RecordImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_sealed", models.BinaryField(null=True)),
                ("state", models.CharField(default="uploaded", max_length=16)),
                ("options", models.JSONField(default=dict)),
                ("report", models.JSONField(default=dict)),
                ("lines", models.JSONField(default=dict)),
                ("progress", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("is_to_stop", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("created_by", models.CharField(max_length=60)),
                ("strangers", models.JSONField(default=list)),
                ("strangers_on", models.DateField(null=True)),
                ("acquaintances", models.JSONField(default=list)),
                ("compares", models.BooleanField(default=True)),
                ("repeats", models.PositiveSmallIntegerField(default=0)),
                ("repeats_on", models.DateField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("recorded", models.IntegerField(default=0)),
                ("stretches", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                ("leftovers", models.JSONField(default=list)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="record_import",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "created_at"], name="record_import_community")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at", None),
                            models.Q(("applied_at__isnull", False), ("recorded__gt", 0)),
                            _connector="OR",
                        ),
                        name="record_import_undone_was_applied",
                    )
                ],
            },
        ),
    ]
