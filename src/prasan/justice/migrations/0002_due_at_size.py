"""Indexes by which my day finds what waits longest without reading every case of a viewer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("justice", "0001_initial")]
    operations = [
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(fields=["status", "indicted_on"], name="charges_waiting"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["on"], name="orders_by_day"),
        ),
    ]
