"""Lists of decisions and of what councils agreed to make better, with what visitors choose them by."""
