"""The import of people from a CSV file: reading, checking, planning, and writing it as one act."""
