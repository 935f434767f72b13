"""How values are shown to people: in a terminal, in Markdown, and on an HTML page."""
