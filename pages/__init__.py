"""The pages; they draw, they do not compute."""
