"""The mail sink of the local run: takes every mail, delivers none, shows them to this machine."""
