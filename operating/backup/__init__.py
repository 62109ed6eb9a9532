"""Backup and restoration: the database as it was at one instant, every file it names, and a list with their digests."""
