"""What is run from the command line: checks, accounts, background work."""
