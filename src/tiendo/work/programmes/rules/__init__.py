"""Pure decisions: no database, no clock."""

from tiendo.work.programmes.rules.standing import Facts, Standing, standing

__all__ = ["Facts", "Standing", "standing"]
