"""The database itself refuses to change or remove what stands in the journal."""

from django.db import migrations

from shouwen.journal.storage import keep_append_only, let_change


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_foundation")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: keep_append_only(schema_editor),
            lambda apps, schema_editor: let_change(schema_editor),
        )
    ]
