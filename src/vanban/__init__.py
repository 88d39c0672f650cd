"""The reader: bytes in, a Reading out. No Django, no database, no clock, no network."""
