"""Accounts made from the command line, by those who run the site."""
