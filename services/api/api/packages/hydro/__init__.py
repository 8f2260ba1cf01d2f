"""The zip that Hydro exports: `problem.yaml`, `problem.md` and `testdata/`."""
