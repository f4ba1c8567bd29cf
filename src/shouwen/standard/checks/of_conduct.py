"""Checks of what people do and how they are seen: protocols, checklists, registers, access."""

from collections.abc import Callable, Mapping
from typing import Any

from shouwen.standard.checks.common import Check, Names

CHECKS: Mapping[type, Callable[[Any, Names], Check]] = {}
