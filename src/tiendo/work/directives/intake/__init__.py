"""An office's own register (a workbook or CSV) → rows of a document: opened, its columns told apart, laid out."""
