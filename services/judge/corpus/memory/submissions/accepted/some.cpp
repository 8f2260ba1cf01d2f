#include <bits/stdc++.h>
int main() { std::vector<char> v(40 << 20, 1); std::cout << int(v[77]) << std::endl; }