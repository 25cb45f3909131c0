"""The texts a user reads, by key: catalogue, digits, dates, amounts in words; no Qt."""
