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
        migrations.CreateModel(
            name="MenuItem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=30)),
                ("category", models.CharField(max_length=30)),
                ("schedule", models.CharField(max_length=60)),
                ("served_by", models.CharField(blank=True, max_length=60)),
                ("text", models.CharField(blank=True, max_length=200)),
                ("weekly", models.PositiveSmallIntegerField()),
                ("published_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("published_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="menu_item",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "provider",
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
                    models.CheckConstraint(
                        condition=models.Q(("weekly__gte", 1)), name="menu_item_bears_orders"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True)),
                ("source", models.CharField(max_length=16)),
                ("category", models.CharField(max_length=30)),
                ("text", models.CharField(max_length=500)),
                ("place", models.CharField(blank=True, max_length=100)),
                ("urgency", models.CharField(default="normal", max_length=16)),
                ("asker", models.CharField(blank=True, max_length=60)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("consent", models.CharField(blank=True, default="", max_length=12)),
                ("state", models.CharField(default="collected", max_length=16)),
                ("collected_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("collected_by", models.CharField(blank=True, max_length=60)),
                ("screened_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("satisfied", models.CharField(blank=True, max_length=16)),
                ("answered_at", models.DateTimeField(null=True)),
                ("remark", models.CharField(blank=True, max_length=200)),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="need",
                        to="needs.menuitem",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="need",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="needs.need",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["community", "state", "collected_at"], name="need_board")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "merged"), _negated=True),
                            ("merged_into__isnull", False),
                            _connector="OR",
                        ),
                        name="need_merged_into",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("met", "unmet")), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="need_closed_has_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedStage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("state", models.CharField(max_length=16)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="needs.need",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("subject"),
                        condition=models.Q(("until", None)),
                        name="needstage_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="needstage_until_after",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="NeedRating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("word", models.CharField(max_length=16)),
                ("rated_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="needs.need",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
