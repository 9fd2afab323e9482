"""The negatives part: calls that the description refuses, each with the status that it declares."""
