"""Data releases: figures, decisions, reports and improvements as files that never change, with what describes them.

`making.make` writes them into a folder, `letters.releasing.keep` keeps them. A file is the same to the byte whenever
it is made of the same data: none holds the time of its making but those that tell of the release itself.
"""
