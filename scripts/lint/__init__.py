"""`make lint`: every check that reads the sources without running them."""
