"""Tests of Lockstep; CONTRIBUTING.md says what goes where."""
