"""Views: what plan decided, a frozen type for each thing that templates print."""
