"""The pages of the standard keep no model of their own."""

from shouwen.access.classes import Classes

CLASSES: Classes = {}
