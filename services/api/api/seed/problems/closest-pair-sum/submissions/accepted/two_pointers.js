const numbers = require("fs").readFileSync(0, "utf8").split(/\s+/);
const n = Number(numbers[0]);
const target = Number(numbers[1]);
const marks = new Float64Array(n);
for (let i = 0; i < n; i++) marks[i] = Number(numbers[i + 2]);
marks.sort();
let best = Infinity;
for (let low = 0, high = n - 1; low < high; ) {
  const sum = marks[low] + marks[high];
  best = Math.min(best, Math.abs(sum - target));
  if (sum < target) low++;
  else high--;
}
console.log(String(best));
