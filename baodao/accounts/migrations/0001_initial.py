"""Accounts, grants, switches, tokens of programs, and the cache of the site."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import baodao.kernel.authz
import baodao.kernel.clock
import baodao.kernel.ids

CREATE_CACHE = """
    CREATE TABLE site_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX site_cache_expires ON site_cache (expires);
"""
"""One cache for all server processes: used codes and counts of attempts hold in each of them."""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("username", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("pinyin", models.CharField(blank=True, db_collation="C", max_length=300)),
                ("initials", models.CharField(blank=True, db_collation="C", max_length=60)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
                ("one_time_until", models.DateTimeField(null=True)),
                ("language", models.CharField(default="zh-hans", max_length=10)),
                ("large_text", models.BooleanField(default=False)),
                ("reminders", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="account",
                        to="people.person",
                    ),
                ),
                (
                    "reset_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("purpose", models.CharField(max_length=200)),
                ("prefix", models.CharField(max_length=12, unique=True)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("made_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("ends_on", models.DateField()),
                ("last_used_on", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="token",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "made_at"], name="api_token_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scopes", []), _negated=True),
                        name="api_token_has_scopes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            (
                                baodao.kernel.authz.Role["AUDIT_ADMINISTRATOR"],
                                "audit-administrator",
                            ),
                            (baodao.kernel.authz.Role["BRANCH_SECRETARY"], "branch-secretary"),
                            (
                                baodao.kernel.authz.Role["COMMUNITY_SECRETARY"],
                                "community-secretary",
                            ),
                            (baodao.kernel.authz.Role["COMMUNITY_WORKER"], "community-worker"),
                            (baodao.kernel.authz.Role["OPERATOR"], "operator"),
                            (
                                baodao.kernel.authz.Role["SECURITY_ADMINISTRATOR"],
                                "security-administrator",
                            ),
                            (baodao.kernel.authz.Role["SUPERVISOR"], "supervisor"),
                            (
                                baodao.kernel.authz.Role["SYSTEM_ADMINISTRATOR"],
                                "system-administrator",
                            ),
                            (baodao.kernel.authz.Role["UNIT_CLERK"], "unit-clerk"),
                            (baodao.kernel.authz.Role["UNIT_SECRETARY"], "unit-secretary"),
                        ],
                        max_length=24,
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("granted_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("confirmed_at", models.DateTimeField(default=baodao.kernel.clock.now, null=True)),
                ("until_on", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("lapsed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="grant",
                        to="orgs.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("account"),
                        models.F("role"),
                        models.F("organisation"),
                        condition=models.Q(("revoked_at", None)),
                        name="grant_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("granted_by", models.F("account")), _negated=True),
                        name="grant_not_to_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(
                                models.Q(("confirmed_by", models.F("granted_by")), _negated=True),
                                models.Q(("confirmed_by", models.F("account")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="grant_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Switch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("basis", models.CharField(max_length=300)),
                ("approver", models.CharField(max_length=60)),
                ("ends_on", models.DateField()),
                ("proposed_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="switch",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="switch_two_administrators",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImpactAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=100)),
                ("approver", models.CharField(max_length=60)),
                ("approved_on", models.DateField()),
                ("text", models.TextField()),
                ("filed_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="assessment",
                        to="orgs.organisation",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(CREATE_CACHE, "DROP TABLE site_cache"),
    ]
