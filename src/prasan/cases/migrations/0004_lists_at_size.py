"""Indexes by which the lists stay quick when a viewer has thousands of cases."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_handover")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["id", "closed_as", "opened_on", "code"], name="cases_in_order"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["status", "answer_due_on"], name="referrals_waiting"),
        ),
    ]
