"""The library: storing, embedding, lexical and dense search, fusion. No file formats here."""
