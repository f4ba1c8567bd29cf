"""What people fill in about an edition."""
