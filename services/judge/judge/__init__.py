"""Measures programs in a sandbox."""
