"""Where files lie: what is shipped (source tree or frozen bundle), and the user's data folder."""
