"""Short ways to say who does what on the register, for tests."""

import uuid
from datetime import UTC, datetime

from shouwen.people.operations import Act, Particulars
from tests import people

NOW = datetime(2026, 10, 9, 1, 12, tzinfo=UTC)


def act(by: str = "9201") -> Act:
    """A new act of the administrator unless somebody else is named."""
    return Act(id=uuid.uuid4(), by=by)


def who(name: str = "江海", *, department: str = "", **told) -> Particulars:
    """What the register says about a person."""
    return Particulars(
        name=name, department=people.department(department) if department else None, **told
    )
