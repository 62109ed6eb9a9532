"""Reading a letter: a PDF's bytes in, a proposal of its figures out. Pure Python: no Django, no database."""
