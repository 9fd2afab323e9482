"""Other testers on our mock: what they say of it must be nothing."""
