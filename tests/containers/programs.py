"""Programs for the demo's `a-plus-b`, with the verdict that each must get."""

from __future__ import annotations

CPP_CORRECT = """
#include <bits/stdc++.h>
int main() { long long a, b; std::cin >> a >> b; std::cout << a + b << "\\n"; }
"""

CORRECT = {
    "c": """
#include <stdio.h>
int main(void) { long long a, b; scanf("%lld %lld", &a, &b); printf("%lld\\n", a + b); }
""",
    "cpp": CPP_CORRECT,
    "java": """
import java.util.Scanner;
public class Main {
    public static void main(String[] words) {
        Scanner in = new Scanner(System.in);
        System.out.println(in.nextLong() + in.nextLong());
    }
}
""",
    "python3": "import sys\nprint(sum(map(int, sys.stdin.read().split())))\n",
    "pypy3": "import sys\nprint(sum(map(int, sys.stdin.read().split())))\n",
    "javascript": """
const words = require("fs").readFileSync(0, "utf8").trim().split(/\\s+/);
console.log(String(words.map(BigInt).reduce((a, b) => a + b)));
""",
    "go": """
package main

import "fmt"

func main() {
	var a, b int64
	fmt.Scan(&a, &b)
	fmt.Println(a + b)
}
""",
    "rust": """
use std::io::Read;
fn main() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let sum: i64 = text.split_whitespace().map(|word| word.parse::<i64>().unwrap()).sum();
    println!("{}", sum);
}
""",
}

OTHERS = {
    "WA": ("python3", "a, b = map(int, input().split())\nprint(a - b - 1)\n"),
    "TLE": ("cpp", "int main() { volatile long n = 0; for (;;) n = n + 1; }\n"),
    "RTE": ("cpp", "#include <cstdlib>\nint main() { std::abort(); }\n"),
    "CE": ("cpp", "int main() { return undeclared; }\n"),
    "MLE": (
        "cpp",
        """
#include <bits/stdc++.h>
int main() {
    std::vector<char *> kept;
    for (;;) {
        kept.push_back(static_cast<char *>(std::malloc(1 << 24)));
        std::memset(kept.back(), 1, 1 << 24);
    }
}
""",
    ),
    "OLE": ("python3", "while True:\n    print('x' * 65536)\n"),
}

SLOW_BUT_CORRECT = """
import sys, time
begin = time.process_time()
while time.process_time() - begin < 0.3:
    pass
print(sum(map(int, sys.stdin.read().split())))
"""
"""Keeps a grader busy for long enough to be stopped in the middle of it."""
