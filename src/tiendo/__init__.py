"""The house: offices, their bodies, and the work from directive to result."""

__version__ = "0.1.0"
