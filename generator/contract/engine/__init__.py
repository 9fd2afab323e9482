"""schemathesis as a part of a run; the only package that touches it."""
