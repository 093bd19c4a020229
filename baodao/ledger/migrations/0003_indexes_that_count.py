"""The indexes by person, day and branch hold what figures and lists ask: they count alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_statements_disputes_seals"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="servicerecord", name="service_record_person"),
        migrations.RemoveIndex(model_name="servicerecord", name="service_record_day"),
        migrations.RemoveIndex(model_name="servicerecord", name="service_record_branch"),
        migrations.AddIndex(
            model_name="servicerecord",
            index=models.Index(
                fields=["person", "served_on"],
                include=("recorded_at", "minutes"),
                name="service_record_person",
            ),
        ),
        migrations.AddIndex(
            model_name="servicerecord",
            index=models.Index(
                fields=["community", "served_on", "id"],
                include=("recorded_at", "seq", "minutes", "branch_path"),
                name="service_record_day",
            ),
        ),
        migrations.AddIndex(
            model_name="servicerecord",
            index=models.Index(
                fields=["branch_path", "served_on", "id"],
                include=("community", "recorded_at", "seq", "minutes"),
                name="service_record_branch",
            ),
        ),
    ]
