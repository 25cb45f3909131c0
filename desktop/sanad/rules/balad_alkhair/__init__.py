"""The formulas of the Balad Al-Khair regulation: its funds, categories of person, grades and amounts."""
