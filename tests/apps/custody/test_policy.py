"""The security policy is data: an installation's own values stand on the defaults, faults are named."""

import tomllib
from datetime import timedelta

import pytest

from shouwen.access.roles import Role
from shouwen.custody.policy import DEFAULTS, BadPolicy, parse_policy

KEPT = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))


def test_the_defaults_are_those_of_the_file():
    found = parse_policy({}, defaults=KEPT, place="x")

    assert Role.APPROVER in found.second_factor
    assert found.idle_after([Role.AGENT]) == timedelta(minutes=15)
    assert found.idle_after([Role.QA]) is None


def test_an_installation_changes_what_it_names():
    found = parse_policy(
        {"second_factor": [], "idle_minutes": {"agent": 5}}, defaults=KEPT, place="x"
    )

    assert found.second_factor == frozenset()
    assert found.idle_after([Role.AGENT, Role.CLERK]) == timedelta(minutes=5)
    assert found.tries.most == 5


@pytest.mark.parametrize(
    ("own", "named"),
    [
        ({"second_faktor": []}, "second_faktor"),
        ({"second_factor": ["boss"]}, "boss"),
        ({"tries": {"most": 0, "minutes": 5}}, "0"),
        ({"idle_minutes": {"agent": "15"}}, "15"),
    ],
)
def test_a_fault_is_named_with_its_place(own, named):
    with pytest.raises(BadPolicy, match=named) as found:
        parse_policy(own, defaults=KEPT, place="/data/security.toml")

    assert "/data/security.toml" in str(found.value)
