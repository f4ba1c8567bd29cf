"""Passwords that are quick to hash; the ordinary hasher can read them."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with the least work that the library accepts."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
