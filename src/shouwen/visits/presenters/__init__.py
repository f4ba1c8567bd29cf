"""What pages about visits show."""
