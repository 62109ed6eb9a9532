"""Bringing in files of decisions, reports and improvements: opened, read row by row, compared, and written at once."""
