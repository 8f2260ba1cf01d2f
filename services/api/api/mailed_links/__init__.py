"""Links in mails: proving an address, setting a forgotten password."""
