"""The full-text table of the search, made for the database in use."""

from django.db import migrations

from shouwen.customers import fulltext


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_foundation")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: fulltext.create(schema_editor),
            lambda apps, schema_editor: fulltext.drop(schema_editor),
        )
    ]
