"""The words of the articles, in a table made for the database in use."""

from django.db import migrations

from shouwen.customers import fulltext

TABLE = "knowledge_search"


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_foundation")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: fulltext.create(schema_editor, table=TABLE),
            lambda apps, schema_editor: fulltext.drop(schema_editor, table=TABLE),
        )
    ]
