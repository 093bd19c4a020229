"""The address of a member's calendar, the last day served, and whether tomorrow was announced."""

import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0002_resident_page"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=baodao.kernel.ids.new_token, max_length=32, unique=True
                    ),
                ),
                ("made_at", models.DateTimeField(default=baodao.kernel.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="claim",
            name="served_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="offer",
            name="reminded_at",
            field=models.DateTimeField(null=True),
        ),
    ]
