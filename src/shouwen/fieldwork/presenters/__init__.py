"""Pages of field work as plain values."""
