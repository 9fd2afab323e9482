"""Agreement with the expected ids of another differ's own test cases.

`python -m tests.diff_cases FOLDER` prints it by kind of match and by rule; FOLDER holds `cases.tsv`
with pairs of descriptions and the ids that are expected.
"""
