"""The Italian format of CMS: `task.yaml`, `input/` and `output/`."""
