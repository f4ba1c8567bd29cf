"""Uploads have a ceiling: what is larger is not kept anywhere, not even for a moment."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

LARGEST_BYTES = 10 * 1024 * 1024


class CeilingHandler(FileUploadHandler):
    """Drops a request's files once more than the ceiling has come in; the form then misses its file."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands the chunk on to the next handler, or skips the file. Raises SkipFile."""
        self.received += len(raw_data)
        if self.received > LARGEST_BYTES:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""
