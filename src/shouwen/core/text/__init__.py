"""What Chinese customers say and write: figures, addresses, names, times, matters."""
