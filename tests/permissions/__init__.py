"""Who may do what: the table, and what asks the site for it."""
