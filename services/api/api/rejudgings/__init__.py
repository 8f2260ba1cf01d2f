"""Judging submissions again, and applying what came of it as a whole."""
