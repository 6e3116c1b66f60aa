"""The index follows the journal instead of counting the rows of every case before each search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_trigrams")]
    operations = [
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("line", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.DeleteModel(name="IndexMark"),
    ]
