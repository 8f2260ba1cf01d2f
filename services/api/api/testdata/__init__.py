"""Test data as blobs and immutable data sets."""
