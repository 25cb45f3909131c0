"""The command line face: parses, asks the services, prints; computes nothing."""
