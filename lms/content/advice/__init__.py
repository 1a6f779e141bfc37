"""What a good editor would say of a text that passes: advice, which stops nothing."""
