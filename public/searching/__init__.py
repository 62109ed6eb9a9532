"""Searching the letters: what the address asks for, and the letters that say it, with their own words marked."""
