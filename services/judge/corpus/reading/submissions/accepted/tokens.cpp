#include <iostream>
int main() { int n, s = 0, x; std::cin >> n; while (n-- && std::cin >> x) s += x; std::cout << s << std::endl; }