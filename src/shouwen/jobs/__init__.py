"""Work that leaves a transaction: one outbox table, done exactly once whatever dies."""
