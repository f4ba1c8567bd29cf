"""Staff, their roles and departments."""
