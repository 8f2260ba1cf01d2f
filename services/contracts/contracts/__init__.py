"""What the services say to each other: messages, queue names, verdicts, the judge's HTTP shapes.

Data only: nothing here opens a file, a socket or a connection, and nothing here decides anything.
"""
