"""Nothing lost: backups made and carried away, put back, and how the data folder stands."""
