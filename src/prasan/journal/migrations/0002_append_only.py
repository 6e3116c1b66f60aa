"""The journal becomes append-only by the database itself."""

from django.db import migrations

from prasan.journal.triggers import install


def forward(apps, schema_editor):
    install(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
