"""Files in, documents and clauses out. No vectors here."""
