"""Decides verdicts: claims judgements, asks the judge, writes the result."""
