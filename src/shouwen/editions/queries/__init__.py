"""Reading editions of the standard."""
