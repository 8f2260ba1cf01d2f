"""Comparing an output with an answer: the rules in `compare.c`, reached through `native.py`."""
