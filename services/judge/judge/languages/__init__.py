"""Languages as data: one file for each in `data/`, read by `registry.py`."""
