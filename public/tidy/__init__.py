"""The one table of figures that programs get: a row is one published figure, and each column is described once.

The API, the CSV it streams, and data releases are made of `rows.rows`, so they cannot say different things. Nothing
in it needs another table: what a row says of its council, year and measure is repeated in each.
"""
