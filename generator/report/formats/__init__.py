"""The forms of a report, one module each: a pure function from `Report` to text."""
