const [n, ...numbers] = require("fs").readFileSync("/dev/stdin", "utf8").split(/\s+/).filter(Boolean).map(Number);
console.log(numbers.reduce((a, b) => a + b, 0));