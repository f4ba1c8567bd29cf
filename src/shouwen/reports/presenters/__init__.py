"""Figures as pages show them."""

from shouwen.reports.presenters.of_rule import RuleFigures, rule_page
from shouwen.reports.presenters.overview import Overview, overview_page

__all__ = ["Overview", "RuleFigures", "overview_page", "rule_page"]
