"""Who a rule may name as giving leave are the roles of the house."""

from shouwen.access.roles import TITLES, Role
from shouwen.core.acts import APPROVERS, OWNER_OF_NUMBER


def test_every_role_may_be_named_as_an_approver_under_its_own_title():
    roles = {name: words for name, words in APPROVERS.items() if name != OWNER_OF_NUMBER}

    assert set(roles) == {role.value for role in Role}
    assert {name: zh for name, (zh, _) in roles.items()} == {
        role.value: TITLES[role].zh for role in Role
    }
