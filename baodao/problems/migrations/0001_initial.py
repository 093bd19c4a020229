import django.db.models.deletion
from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("appraisal", "0001_initial"),
        ("needs", "0001_initial"),
        ("opinions", "0001_initial"),
        ("orgs", "0001_initial"),
        ("visits", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceProblem",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=24, unique=True)),
                ("source", models.CharField(max_length=16)),
                ("text", models.CharField(max_length=200)),
                ("spot", models.CharField(blank=True, max_length=100)),
                ("asker_sealed", models.BinaryField(null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("owner_name", models.CharField(blank=True, max_length=60)),
                ("due_on", models.DateField()),
                ("raised_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("raised_by", models.CharField(max_length=60)),
                ("assigned_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("outcome", models.CharField(blank=True, max_length=500)),
                ("outcome_at", models.DateTimeField(null=True)),
                ("outcome_by", models.CharField(blank=True, max_length=60)),
                ("state", models.CharField(default="open", max_length=12)),
                (
                    "card",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="problem",
                        to="appraisal.feedbackcard",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="problem",
                        to="visits.contactvisit",
                    ),
                ),
                (
                    "need",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="problem",
                        to="needs.need",
                    ),
                ),
                (
                    "opinion",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="problem",
                        to="opinions.opinionanswer",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="problem",
                        to="orgs.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("question", models.CharField(max_length=200)),
                ("sent_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("sent_by", models.CharField(max_length=60)),
                ("due_on", models.DateField()),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=60)),
                ("overdue_told_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
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
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="problems.placeproblem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProblemClosure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("due_on", models.DateField()),
                ("closed_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("closed_by", models.CharField(max_length=60)),
                ("evidence", models.CharField(max_length=500)),
                ("word", models.CharField(blank=True, max_length=16)),
                ("word_way", models.CharField(blank=True, max_length=16)),
                ("remark", models.CharField(blank=True, max_length=200)),
                ("word_at", models.DateTimeField(null=True)),
                ("word_by", models.CharField(blank=True, max_length=60)),
                ("reopened_at", models.DateTimeField(null=True)),
                ("reopened_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closures",
                        to="problems.placeproblem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProblemTask",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("owner_name", models.CharField(blank=True, max_length=60)),
                ("due_on", models.DateField()),
                ("added_at", models.DateTimeField(default=baodao.kernel.clock.now)),
                ("added_by", models.CharField(max_length=60)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=60)),
                ("result", models.CharField(blank=True, max_length=500)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="+",
                        to="orgs.organisation",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="problems.placeproblem",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="placeproblem",
            index=models.Index(fields=["place", "state", "due_on"], name="problem_desk"),
        ),
        migrations.AddIndex(
            model_name="placeproblem",
            index=models.Index(fields=["owner", "state"], name="problem_owner"),
        ),
        migrations.AddConstraint(
            model_name="placeproblem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("need", None),
                    models.Q(("asker_sealed", None), ("phone_sealed", None)),
                    _connector="OR",
                ),
                name="problem_asker_once",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(fields=["receiver", "answered_at"], name="escalation_receiver"),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                models.F("problem"),
                condition=models.Q(("answered_at", None), ("withdrawn_at", None)),
                name="escalation_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="problemclosure",
            constraint=models.UniqueConstraint(
                models.F("problem"),
                condition=models.Q(("reopened_at", None)),
                name="problem_closed_once",
            ),
        ),
        migrations.AddIndex(
            model_name="problemtask",
            index=models.Index(fields=["owner", "done_at"], name="problem_task_owner"),
        ),
        migrations.AddConstraint(
            model_name="problemtask",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_at", None), ("withdrawn_at", None), _connector="OR"),
                name="problem_task_one_end",
            ),
        ),
    ]
