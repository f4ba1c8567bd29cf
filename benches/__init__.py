"""Benchmarks: each line is measured beside its limit, in the same run, on real databases."""
