"""Full packages of Polygon: `problem.xml` and the tests."""
