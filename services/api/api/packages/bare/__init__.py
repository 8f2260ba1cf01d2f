"""A bare zip of test data: nothing but inputs and answers."""
