"""DMOJ test data: `init.yml` beside the files or a zip of them."""
