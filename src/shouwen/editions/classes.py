"""How open each field of the editions is."""

from shouwen.access.classes import Classes

CLASSES: Classes = {}
