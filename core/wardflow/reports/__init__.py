"""Indicators as SQL over the rows that acts wrote; nothing is counted twice and nothing is kept beside the cases."""

from wardflow.reports.timeliness import timeliness

__all__ = ["timeliness"]
