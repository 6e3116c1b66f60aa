"""A question to the team that knows a person carries its reason, its part and the asker's discipline."""

import datetime
import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_ages'),
    ]

    operations = [
        migrations.AddField('attachrequest', 'question', models.UUIDField(db_index=True, default=uuid.uuid4), False),
        migrations.AddField('attachrequest', 'discipline', models.CharField(default='', max_length=20), False),
        migrations.AddField(
            'attachrequest', 'reason',
            models.CharField(choices=[('same_person', 'The person came to us and says so'), ('same_matter', 'It is the same matter'), ('safety', "For the person's safety"), ('court', 'A court or prosecutor needs it')], default='', max_length=20), False,
        ),
        migrations.AddField('attachrequest', 'part', models.CharField(default='', max_length=20), False),
        migrations.AddField('attachrequest', 'since_on', models.DateField(default=datetime.date(2020, 1, 1)), False),
        migrations.AlterField(
            'attachrequest', 'person',
            models.ForeignKey(null=True, on_delete=models.PROTECT, related_name='+', to='people.person'),
        ),
    ]
