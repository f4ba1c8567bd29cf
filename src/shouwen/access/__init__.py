"""Who may do what: roles and the one `can()`. Denies by default."""
