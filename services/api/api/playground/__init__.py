"""Playground runs: code run on samples or own input, outside any submission."""
