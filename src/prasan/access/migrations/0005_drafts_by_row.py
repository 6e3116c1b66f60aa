"""A draft also tells, as a keyed token, which row it is about, so that it goes when the row is destroyed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0004_disciplines_in_the_index")]
    operations = [
        migrations.AddField(
            model_name="draft", name="about", field=models.CharField(blank=True, db_index=True, default="", max_length=32),
            preserve_default=False,
        ),
    ]
