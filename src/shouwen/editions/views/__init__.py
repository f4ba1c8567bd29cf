"""Pages of the editions."""
