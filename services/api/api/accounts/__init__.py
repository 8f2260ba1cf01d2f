"""People: accounts, sessions, passwords, proof of e-mail addresses."""
