"""Letters and the form on the web as plain values."""
