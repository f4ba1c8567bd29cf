"""PostgreSQL sorts new words of the search into its index in small portions."""

from django.db import migrations

from shouwen.customers import fulltext


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_full_text")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: fulltext.keep_flushes_short(schema_editor),
            migrations.RunPython.noop,
        )
    ]
