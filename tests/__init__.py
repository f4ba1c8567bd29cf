"""The tests, by tier: core and standard without a database, the apps on real databases, journeys in a browser."""
