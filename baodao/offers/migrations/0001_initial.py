import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids
import baodao.offers.rules.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("needs", "0001_initial"),
        ("orgs", "0001_initial"),
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
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (baodao.offers.rules.states.OfferKind["POST"], "post"),
                            (baodao.offers.rules.states.OfferKind["ACTIVITY"], "activity"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=60)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("category", models.CharField(max_length=30)),
                ("place", models.CharField(blank=True, max_length=100)),
                ("schedule", models.CharField(blank=True, max_length=100)),
                ("specialties", models.CharField(blank=True, max_length=100)),
                ("wanted", models.PositiveSmallIntegerField()),
                ("approval", models.BooleanField(default=False)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (baodao.offers.rules.states.OfferState["DRAFT"], "draft"),
                            (baodao.offers.rules.states.OfferState["PUBLISHED"], "published"),
                            (baodao.offers.rules.states.OfferState["CLOSED"], "closed"),
                            (baodao.offers.rules.states.OfferState["CANCELLED"], "cancelled"),
                        ],
                        default=baodao.offers.rules.states.OfferState["DRAFT"],
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("created_by", models.CharField(max_length=60)),
                ("published_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="offer",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (baodao.offers.rules.states.ClaimState["APPLIED"], "applied"),
                            (baodao.offers.rules.states.ClaimState["WAITING"], "waiting"),
                            (baodao.offers.rules.states.ClaimState["INVITED"], "invited"),
                            (baodao.offers.rules.states.ClaimState["ACTIVE"], "active"),
                            (
                                baodao.offers.rules.states.ClaimState["EXIT_REQUESTED"],
                                "exit-requested",
                            ),
                            (baodao.offers.rules.states.ClaimState["DONE"], "done"),
                            (baodao.offers.rules.states.ClaimState["REFUSED"], "refused"),
                            (baodao.offers.rules.states.ClaimState["LEFT"], "left"),
                            (baodao.offers.rules.states.ClaimState["WITHDRAWN"], "withdrawn"),
                            (baodao.offers.rules.states.ClaimState["ABSENT"], "absent"),
                        ],
                        max_length=16,
                    ),
                ),
                ("claimed_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("seated_at", models.DateTimeField(null=True)),
                ("confirm_by", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("served_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="claim",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="claim",
                        to="people.person",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="offers.offer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="answer",
                        to="needs.need",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="answer",
                        to="offers.offer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField()),
                ("title", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="theme",
                        to="orgs.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["community", "state", "kind"], name="offer_community"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["state", "starts_at"], name="offer_starts"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__gte", 1)), name="offer_wants_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ends_at", None),
                        ("kind", baodao.offers.rules.states.OfferKind["POST"]),
                        ("starts_at", None),
                    ),
                    models.Q(
                        ("ends_at__gt", models.F("starts_at")),
                        ("kind", baodao.offers.rules.states.OfferKind["ACTIVITY"]),
                        ("starts_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="offer_hours_by_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", baodao.offers.rules.states.OfferState["DRAFT"]),
                    ("state", baodao.offers.rules.states.OfferState["CANCELLED"]),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="offer_published_has_date",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["offer", "state", "claimed_at"], name="claim_offer"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["person", "state"], name="claim_person"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["community", "state"], name="claim_desk"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["branch", "state"], name="claim_branch"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                models.F("offer"),
                models.F("person"),
                condition=models.Q(
                    (
                        "state__in",
                        (
                            baodao.offers.rules.states.ClaimState["APPLIED"],
                            baodao.offers.rules.states.ClaimState["WAITING"],
                            baodao.offers.rules.states.ClaimState["INVITED"],
                            baodao.offers.rules.states.ClaimState["ACTIVE"],
                            baodao.offers.rules.states.ClaimState["EXIT_REQUESTED"],
                        ),
                    )
                ),
                name="claim_one_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", baodao.offers.rules.states.ClaimState["INVITED"]), _negated=True
                    ),
                    ("confirm_by__isnull", False),
                    _connector="OR",
                ),
                name="claim_invited_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                models.F("need"), condition=models.Q(("until", None)), name="answer_one_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="answer_until_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.UniqueConstraint(
                models.F("community"), models.F("month"), name="theme_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="theme",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="theme_month_starts"
            ),
        ),
    ]
