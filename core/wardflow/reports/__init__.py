"""Indicators as SQL over the rows that acts wrote; nothing is counted twice and nothing is kept beside the cases."""

from wardflow.reports.counts import case_counts
from wardflow.reports.timeliness import timeliness

__all__ = ["case_counts", "timeliness"]
