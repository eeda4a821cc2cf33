"""Question understanding, evidence, composing, citing, refusing."""
