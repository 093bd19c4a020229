"""Service records in chains, the heads of the chains, and their seals."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids
import baodao.ledger.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="PersonPlace",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "community_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("community_id", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ChainHead",
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
                (
                    "hash",
                    models.BinaryField(
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
                        max_length=32,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("id", models.UUIDField(default=baodao.kernel.ids.new_id)),
                ("day", models.DateField()),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("records", models.BigIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("signature", models.BinaryField(max_length=64)),
                (
                    "community",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="seal",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="seal_day")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("seq"), name="seal_seq_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("id", models.UUIDField(default=baodao.kernel.ids.new_id)),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("recorded_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("served_on", models.DateField()),
                ("began_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("minutes", models.IntegerField()),
                ("category", models.CharField(max_length=30)),
                ("way", models.CharField(max_length=12)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("result", models.CharField(blank=True, max_length=200)),
                ("offer_id", models.UUIDField(null=True)),
                ("offer_title", models.CharField(blank=True, max_length=200)),
                ("origin", models.CharField(max_length=12)),
                ("recipient_confirmed", models.BooleanField(default=False)),
                ("confirmed_by", models.CharField(max_length=60)),
                ("recorded_by", models.CharField(max_length=60)),
                ("account_id", models.UUIDField(null=True)),
                ("reverses", models.UUIDField(null=True)),
                ("reversal", baodao.ledger.models.Reversal("id")),
                ("supersedes", models.UUIDField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "branch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="record_of_member",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="service_record",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="service_record",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "served_on"],
                        include=("recorded_at", "minutes"),
                        name="service_record_person",
                    ),
                    models.Index(
                        fields=["community", "served_on", "id"],
                        include=("recorded_at", "seq", "minutes", "branch", "person"),
                        name="service_record_day",
                    ),
                    models.Index(
                        fields=["branch", "served_on", "id"],
                        include=("community", "recorded_at", "seq", "minutes", "person"),
                        name="service_record_branch",
                    ),
                    models.Index(
                        condition=models.Q(("offer_id__isnull", False)),
                        fields=["community", "offer_id"],
                        name="service_record_offer",
                    ),
                    models.Index(
                        condition=models.Q(("origin__in", ["office", "import"])),
                        fields=["account_id", "recorded_at"],
                        name="service_record_typed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("seq"), name="service_record_seq_once"
                    ),
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("reverses"),
                        condition=models.Q(("reverses__isnull", False)),
                        name="service_record_reversed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("minutes__gt", 0), ("reverses", None)),
                            models.Q(("minutes__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="service_record_sign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("began_at", None), ("ended_at", None)),
                            ("ended_at__gt", models.F("began_at")),
                            _connector="OR",
                        ),
                        name="service_record_hours",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("began_at__isnull", False), ("reverses", None), ("supersedes", None)
                        ),
                        expressions=[
                            ("community", "="),
                            ("person", "="),
                            (baodao.ledger.models.Span("began_at", "ended_at"), "&&"),
                        ],
                        name="service_record_no_overlap",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [
                """ALTER TABLE ledger_servicerecord
                   ADD CONSTRAINT service_record_community_fk
                   FOREIGN KEY (community_id) REFERENCES orgs_organisation (id)""",
                """ALTER TABLE ledger_servicerecord
                   ADD CONSTRAINT service_record_branch_fk
                   FOREIGN KEY (branch_id) REFERENCES orgs_organisation (id)""",
                """ALTER TABLE ledger_servicerecord
                   ADD CONSTRAINT service_record_person_fk
                   FOREIGN KEY (person_id) REFERENCES people_person (id)""",
                """ALTER TABLE ledger_seal
                   ADD CONSTRAINT seal_community_fk
                   FOREIGN KEY (community_id) REFERENCES orgs_organisation (id)""",
            ],
            [
                "ALTER TABLE ledger_seal DROP CONSTRAINT seal_community_fk",
                "ALTER TABLE ledger_servicerecord DROP CONSTRAINT service_record_person_fk",
                "ALTER TABLE ledger_servicerecord DROP CONSTRAINT service_record_branch_fk",
                "ALTER TABLE ledger_servicerecord DROP CONSTRAINT service_record_community_fk",
            ],
        ),
    ]
