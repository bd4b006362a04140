"""How it is told: numbers, sentences, tables, figures, chapters, documents."""
