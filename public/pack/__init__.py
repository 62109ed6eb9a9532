"""The committee pack: what a council's letter says, for the members of a committee, as a page and as a PDF.

`facts` gathers what is published, `sections` words it, `questions` chooses what members may ask. The page and
`printing` show the same blocks, so what is on the one is on the other.
"""
