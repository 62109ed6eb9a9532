"""Data releases: the table of figures as files that never change, with what describes them and what changed.

`making.make` writes them into a folder, `letters.releasing.keep` keeps them. A file is the same to the byte whenever
it is made of the same figures: none holds the time of its making but those that tell of the release itself.
"""
