const n = Number(require("fs").readFileSync(0, "utf8"));
let a = 2;
while (n % a) a++;
console.log(a, n / a);
