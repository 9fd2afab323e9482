"""Another independent server: stores, their hours and their items, with errors as plain text."""
