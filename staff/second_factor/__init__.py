"""The second factor of staff: codes of an authenticator app, recovery codes, and the demand for one of them."""
