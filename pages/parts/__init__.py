"""What the pages share: safe markup, addresses, marking, reading order, export, the open library."""
