"""`make test`: every layer of tests there is, each with what it needs of the machine."""
