"""What was done, by whom and when: one line for each deed, chained, which nobody alters."""
