"""The trigram index is put under the documents, on either database."""

from django.db import migrations

from prasan.search.trigrams import install, remove


def forward(apps, schema_editor):
    install(schema_editor)


def backward(apps, schema_editor):
    remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
