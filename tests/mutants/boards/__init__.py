"""An independent server: boards and cards, written by hand and not made from any description."""
