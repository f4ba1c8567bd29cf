"""Listening to recordings: files to samples, libraries that hear speech and loudness, recognisers."""
