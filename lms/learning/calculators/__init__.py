"""The arithmetic of the calculators: days and exact money in, results out; no pages and no database."""
