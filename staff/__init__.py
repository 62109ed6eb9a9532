"""Who works here: roles, signing in, and sessions that end. It knows nothing of letters or councils."""
