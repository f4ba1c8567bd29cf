"""How well the standard is kept: figures of every rule, and the cases behind each."""
