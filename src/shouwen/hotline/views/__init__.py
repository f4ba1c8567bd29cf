"""What the hotline shows and takes."""
