"""The journal: what really happened, append-only, sealed into a chain that anybody can check."""
