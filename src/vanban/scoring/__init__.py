"""How well the reader reads: a Reading against what careful people marked up (`*.gold.json`, `headings.csv`)."""
