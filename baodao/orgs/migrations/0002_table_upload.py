"""A place for an uploaded division table between looking at its differences and applying it."""

from django.db import migrations, models

import baodao.kernel.clock
import baodao.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="TableUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=baodao.kernel.ids.new_id, primary_key=True, serialize=False
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("account_id", models.UUIDField(null=True)),
                ("uploaded_at", models.DateTimeField(default=baodao.kernel.clock.now)),
            ],
        ),
    ]
