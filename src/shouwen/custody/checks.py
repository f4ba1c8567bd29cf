"""A security policy that cannot be used is found before anybody stands at the door."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from shouwen.custody.policy import BadPolicy, policy


@register("shouwen")
def the_security_policy_can_be_read(**_: Any) -> list[CheckMessage]:
    """One error for each fault of the policy."""
    try:
        policy()
    except BadPolicy as bad:
        return [Error(fault, id="custody.E001") for fault in str(bad).splitlines()]
    return []
