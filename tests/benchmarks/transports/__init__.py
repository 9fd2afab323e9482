"""What each transport can do: one suite of cells, over both transports, blocking and awaited."""
