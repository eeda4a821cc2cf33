"""How the bundled model was made: pairs, scripts, data card."""
