"""The Ombudsman's yearly data tables (CSV, XLSX): read, held against register and letters, and kept beside them.

Their figures are a check on the letters and never public: what the public reads is what the letters print.
"""
