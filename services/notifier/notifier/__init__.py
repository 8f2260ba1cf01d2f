"""Tells people: mail and notices."""
