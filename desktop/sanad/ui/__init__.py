"""The window, the only room that knows Qt; asks the services, decides nothing."""
