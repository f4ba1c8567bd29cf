"""What journeys at the hotline begin with."""

from typing import Any

import pytest

from tests import people
from tests.calls_played import seated


@pytest.fixture
def agent(site: str) -> Any:
    """王敏 at her telephone, free, with the registers in place."""
    for code in people.DEPARTMENTS:
        people.department(code)
    return seated(people.staff("wang_min"))


@pytest.fixture
def desk(agent: Any, signed_in: Any) -> Any:
    """Her cockpit between two calls."""
    page = signed_in(agent)
    page.goto("/cockpit/")
    page.get_by_text("等待来电").wait_for()
    return page
