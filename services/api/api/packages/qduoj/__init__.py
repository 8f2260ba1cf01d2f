"""The zip that QDUOJ exports: `problem.json` and `testcase/`, once or many times."""
