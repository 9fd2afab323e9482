"""Who calls, and what they may: credentials, tokens, nonces, roles, tenants.

In comes a call that was read, out comes its principal, or a refusal.
"""
