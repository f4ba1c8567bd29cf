"""A made-up city with made-up people, to see the product at work without anybody's data."""
