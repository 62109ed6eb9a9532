"""The demonstration: letters of our own, taken in as the Ombudsman's would be.

Installed only where settings.DEMONSTRATION is on; nothing of the product imports it.
"""
