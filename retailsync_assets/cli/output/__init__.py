"""How results are printed: tables, plans, reports and JSON."""
