"""Calls through the generated client: the two sides of the triangle that it stands on.

The description's: answers that it allows, and some that it forbids, are given to every operation of
the client. The mock's: what the contract suite recorded on the mock is called again. A generated
package is foreign code, so all of it is imported and called in a process of its own (`driver`).
"""
