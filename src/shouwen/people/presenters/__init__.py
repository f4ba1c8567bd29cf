"""The frame of every page, and the pages about people as plain values."""

from shouwen.people.presenters.frame import Frame, day_text, department_name, shell

__all__ = ["Frame", "day_text", "department_name", "shell"]
