"""Which councils a postcode belongs to, from a file of the Office for National Statistics that an operator loads.

No visitor's postcode is kept or sent anywhere.
"""
