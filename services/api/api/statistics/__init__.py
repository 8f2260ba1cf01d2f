"""The counts on the home page, which the scheduler keeps."""
