import shutil
from collections.abc import Iterator

import pytest

from shouwen.clocks.queries import editions_folder, look_again


@pytest.fixture
def no_editions() -> Iterator[None]:
    """No edition is there before the test, and none stays behind."""
    shutil.rmtree(editions_folder(), ignore_errors=True)
    look_again()
    yield
    shutil.rmtree(editions_folder(), ignore_errors=True)
    look_again()
