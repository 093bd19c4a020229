"""Notices, channels outside with what they carried, and complaints."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("schema", models.CharField(max_length=12)),
                ("label", models.CharField(max_length=60)),
                ("outline", models.CharField(max_length=200)),
                ("address_sealed", models.BinaryField()),
                ("added_by", models.CharField(max_length=60)),
                ("added_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        related_query_name="channel",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        related_query_name="channel",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation", None), ("account", None), _connector="XOR"
                        ),
                        name="channel_one_owner",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True)),
                ("text", models.TextField(max_length=2000)),
                ("accuses", models.BooleanField(default=False)),
                ("author", models.CharField(blank=True, max_length=60)),
                ("contact_sealed", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("due_on", models.DateField()),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_by", models.CharField(blank=True, max_length=60)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="complaint",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "created_at"], name="complaint_place")
                ]
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                ("about", models.UUIDField(null=True)),
                ("url", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("show_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        related_query_name="notice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        related_query_name="notice",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        related_query_name="notice",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "show_at"], name="notice_person"),
                    models.Index(fields=["account", "show_at"], name="notice_account"),
                    models.Index(fields=["organisation", "show_at"], name="notice_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account", None), ("organisation", None), ("person__isnull", False)
                            ),
                            models.Q(
                                ("account", None), ("organisation__isnull", False), ("person", None)
                            ),
                            models.Q(
                                ("account__isnull", False), ("organisation", None), ("person", None)
                            ),
                            _connector="OR",
                        ),
                        name="notice_one_addressee",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=baodao.kernel.ids.new_token, max_length=32, unique=True
                    ),
                ),
                ("test", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(max_length=12),
                ),
                ("planned_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=12)),
                ("answer", models.CharField(blank=True, max_length=60)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="notices.channel",
                    ),
                ),
                (
                    "notices",
                    models.ManyToManyField(
                        related_name="+", related_query_name="delivery", to="notices.notice"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["channel", "planned_at"], name="delivery_channel")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("channel"),
                        condition=models.Q(("state", "collecting")),
                        name="delivery_one_collecting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TurnedOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(max_length=12)),
                (
                    "place",
                    models.CharField(max_length=8),
                ),
                ("since", models.DateTimeField(default=baodao.kernel.clock.now)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        related_query_name="turned_off",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        related_query_name="off",
                        to="notices.channel",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("account", None), ("channel", None), _connector="XOR"),
                        name="turned_off_one_owner",
                    ),
                    models.UniqueConstraint(
                        models.F("account"),
                        models.F("topic"),
                        models.F("place"),
                        name="turned_off_once_account",
                    ),
                    models.UniqueConstraint(
                        models.F("channel"),
                        models.F("topic"),
                        models.F("place"),
                        name="turned_off_once_channel",
                    ),
                ]
            },
        ),
    ]
