import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("offers", "0001_initial"),
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Whistle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("blown_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("blown_by", models.CharField(max_length=60)),
                ("due_on", models.DateField()),
                ("declined_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("street_told_at", models.DateTimeField(null=True)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="whistle",
                        to="offers.offer",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("offer"), models.F("unit"), name="whistle_once"
                    )
                ],
            },
        ),
    ]
