"""What came in with a file, and whether it may be seen yet."""

from django.db import models


class ImportBatch(models.Model):
    """One file of customers. Its rows are written in chunks and hidden until `revealed_at`.

    `digest` is that of the file's rows: the same file again goes on where it stopped.
    `done_rows` counts the rows written so far.
    """

    digest = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    done_rows = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_rows__lte=models.F("rows")),
                name="an_import_has_no_more_rows_than_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
