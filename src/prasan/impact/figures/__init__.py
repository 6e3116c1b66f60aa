"""Computes indicators from dated facts and published history, for any span, a year, or since the beginning."""

from .composing import Entry, Figure, by_year, compute, sum_over_years
from .periods import Span, read_period

__all__ = ["Entry", "Figure", "Span", "by_year", "compute", "read_period", "sum_over_years"]
