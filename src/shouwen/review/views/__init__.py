"""The review desk: lists, one review, what came of them."""
