#include <iostream>
#include <vector>
#include <bits/stdc++.h>
int main() { int n, s = 0, x; std::cin >> n; while (std::cin >> x) s += x; std::cout << s; }