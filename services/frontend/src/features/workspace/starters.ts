/** What an empty editor starts with: just enough that the first line written is the solution's. */
const STARTERS: Record<string, string> = {
  c: `#include <stdio.h>

int main(void) {

    return 0;
}
`,
  cpp: `#include <bits/stdc++.h>
using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);

    return 0;
}
`,
  java: `import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));

    }
}
`,
  go: `package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)

	fmt.Fscan(in)
}
`,
  rust: `use std::io::{self, Read};

fn main() {
    let mut input = String::new();
    io::stdin().read_to_string(&mut input).unwrap();

}
`,
  kotlin: `fun main() {

}
`,
};

export function starterOf(language: string): string {
  return STARTERS[language] ?? "";
}
