import shutil
from collections.abc import Iterator

import pytest

from shouwen.clocks.queries import calendar_folder, look_again


@pytest.fixture
def no_added_years() -> Iterator[None]:
    """No calendar year is added before the test, and none stays behind."""
    shutil.rmtree(calendar_folder(), ignore_errors=True)
    look_again()
    yield
    shutil.rmtree(calendar_folder(), ignore_errors=True)
    look_again()
