from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """A page fetched in English leaves English behind in its thread."""
    with translation.override("zh-hans"):
        yield
