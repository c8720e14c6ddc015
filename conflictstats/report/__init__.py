"""Notebooks in, PDF reports out: parameters checked, articles read once, notebooks run side by side."""

from conflictstats.report.job import (
    report as report,
)
