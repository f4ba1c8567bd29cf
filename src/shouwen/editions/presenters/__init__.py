"""Pages of the editions, as plain values."""
