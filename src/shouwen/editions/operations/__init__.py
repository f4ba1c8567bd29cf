"""What can be done with an edition of the standard."""
