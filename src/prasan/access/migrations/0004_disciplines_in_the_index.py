"""The index of a viewer's cases also tells the disciplines, so that asking for them reads no row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_caseaccess_is_lead")]
    operations = [
        migrations.RemoveIndex(model_name="caseaccess", name="cases_of_viewer"),
        migrations.AddIndex(
            model_name="caseaccess",
            index=models.Index(fields=["user", "until", "case", "disciplines"], name="cases_of_viewer"),
        ),
    ]
