"""Residents' pages, and under which words a resident's telephone was left."""

import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0001_initial"),
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="consent",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
        migrations.CreateModel(
            name="ResidentPage",
            fields=[
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        related_query_name="resident_page",
                        serialize=False,
                        to="orgs.organisation",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=baodao.kernel.ids.new_token, max_length=32, unique=True
                    ),
                ),
                ("renewed_at", models.DateTimeField(default=baodao.kernel.clock.now)),
            ],
        ),
    ]
