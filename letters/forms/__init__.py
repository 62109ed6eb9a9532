"""What staff fill in. Forms check and clean; the workflow decides and writes."""
