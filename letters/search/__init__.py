"""Full-text search of the letters' own words: what a word is, what a question asks, and the database's index.

The index may hold letters that are not public yet. What comes of it goes through `letters/published.py`.
"""
