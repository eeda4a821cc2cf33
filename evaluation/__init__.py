"""Measures, question sets and benchmarks."""
