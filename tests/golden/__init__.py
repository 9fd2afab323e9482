"""Golden cases: a folder a case, with input.yaml, the expected files and the expected diagnostics.

`python -m tests.golden.refresh` writes the expectations anew; read the diff before committing it.
"""
