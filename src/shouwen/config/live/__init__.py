"""The live stream: tells open pages which cases and calls have just changed."""
