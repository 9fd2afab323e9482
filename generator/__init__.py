"""Lockstep: client, mock, contract suite and change report from one OpenAPI description.

Data flows one way through the packages below, lower floors first: diagnostics and wire, document,
api, report, then plan, diff, mock and contract beside each other, emit, compose, and the command
line. CONTRIBUTING.md tells what each floor may import; tests/test_floors.py holds it.
"""

__version__ = "0.1.0"
