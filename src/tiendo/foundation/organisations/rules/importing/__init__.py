"""What taking in lists would do to the register, line by line. Pure: nothing is written here."""
