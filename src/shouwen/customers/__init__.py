"""Customers, the places where they use gas, and the numbers they call from."""
