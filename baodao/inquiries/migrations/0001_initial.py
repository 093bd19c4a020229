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
            name="ReportRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=40)),
                ("basis", models.CharField(max_length=120)),
                ("period_text", models.CharField(max_length=8)),
                ("due_on", models.DateField()),
                ("columns", models.JSONField(default=list)),
                ("questions", models.JSONField(default=list)),
                ("sent_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("sent_by", models.CharField(max_length=60)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=200)),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sender", "sent_at"], name="request_sender")]
            },
        ),
        migrations.CreateModel(
            name="RequestLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="inquiries.reportrequest",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation"], name="request_line_desk")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("request"),
                        models.F("organisation"),
                        condition=models.Q(("ended_at", None)),
                        name="request_line_once",
                    )
                ],
            },
        ),
    ]
