const [r, x1, y1, x2, y2] = require("fs").readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
const out1 = Math.sqrt(x1 * x1 + y1 * y1 - r * r);
const out2 = Math.sqrt(x2 * x2 + y2 * y2 - r * r);
const between = Math.atan2(Math.abs(x1 * y2 - x2 * y1), x1 * x2 + y1 * y2);
const arc = between - Math.atan2(out1, r) - Math.atan2(out2, r);
console.log(String(arc > 0 ? out1 + out2 + r * arc : Math.hypot(x2 - x1, y2 - y1)));
