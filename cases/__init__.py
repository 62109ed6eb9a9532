"""What was decided: decisions, public reports and the improvements that councils agreed to make."""
