import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FlagHead",
            fields=[
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="orgs.organisation",
                    ),
                ),
                ("seq", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("record_id", models.UUIDField()),
                ("patterns", models.JSONField()),
                ("noted_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("state", models.CharField(default="open", max_length=12)),
                ("question", models.CharField(blank=True, max_length=200)),
                ("asked_by", models.CharField(blank=True, max_length=60)),
                ("asked_at", models.DateTimeField(null=True)),
                ("explanation", models.CharField(blank=True, max_length=500)),
                ("explained_by", models.CharField(blank=True, max_length=60)),
                ("explained_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("dismissed_by", models.CharField(blank=True, max_length=60)),
                ("dismissed_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="flag",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "record",
                    models.ForeignObject(
                        from_fields=("community", "record_id"),
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.servicerecord",
                        to_fields=("community", "id"),
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "state", "noted_at"], name="flag_desk")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("record_id"), name="flag_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dismissed_at__isnull", False),
                                ("state", "dismissed"),
                            ),
                            models.Q(
                                models.Q(
                                    ("state", "dismissed"),
                                    _negated=True,
                                ),
                                ("dismissed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="flag_dismissed",
                    ),
                ],
            },
        ),
    ]
