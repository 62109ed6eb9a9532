"""Guidance: pages of plain words that staff write. It knows nothing of councils or letters."""
