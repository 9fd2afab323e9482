"""Tests of the contract suite on small servers."""
