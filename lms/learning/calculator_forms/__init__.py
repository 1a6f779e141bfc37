"""The calculators as forms: what is typed, checked, and worked out by `learning.calculators`."""
