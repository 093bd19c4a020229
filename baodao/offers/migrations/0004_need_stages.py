"""A need keeps the periods of its states; those of needs held follow from their last dates."""

import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.ids
import baodao.offers.rules.states

KNOWN = """
    INSERT INTO offers_needstage (id, need_id, state, since, until)
    SELECT gen_random_uuid(), need.id, stage.state, stage.since,
           lead(stage.since) OVER (PARTITION BY need.id ORDER BY stage.turn)
    FROM offers_need need
    CROSS JOIN LATERAL (
        SELECT coalesce(max(entry.at), need.collected_at) AS at FROM kernel_journalentry entry
        WHERE entry.about = need.id AND entry.verb = 'need.merged'
    ) joined
    CROSS JOIN LATERAL (VALUES
        (1, 'collected', need.collected_at),
        (2, 'screened', need.screened_at),
        (3, 'open', need.opened_at),
        (4, need.state, need.closed_at),
        (4, need.state, CASE need.state WHEN 'merged' THEN joined.at END)
    ) AS stage (turn, state, since)
    WHERE stage.since IS NOT NULL"""
"""The journal alone knows when a need was merged."""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0001_initial"),
        ("offers", "0003_feed_and_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="NeedStage",
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
                            (baodao.offers.rules.states.NeedState["COLLECTED"], "collected"),
                            (baodao.offers.rules.states.NeedState["SCREENED"], "screened"),
                            (baodao.offers.rules.states.NeedState["OPEN"], "open"),
                            (baodao.offers.rules.states.NeedState["MET"], "met"),
                            (baodao.offers.rules.states.NeedState["UNMET"], "unmet"),
                            (baodao.offers.rules.states.NeedState["MERGED"], "merged"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="offers.need",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("need"),
                        condition=models.Q(("until", None)),
                        name="need_stage_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="need_stage_until_after",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop, elidable=True),
    ]
