"""News for everybody, in both languages."""
